package org.sipmgw.internal.sip;

import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.stack.SIPStackTimerTask;
import gov.nist.javax.sip.stack.timers.SipTimer;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The clock of the stack's transactions, made by the stack from its name. A thread that dies of an error (no memory) is
 * replaced, and that is said: without it nothing would be sent again and nothing would be forgotten. The stack's own keeps
 * what is cancelled until it would have been due. Thread-safe.
 */
public final class StackTimer implements SipTimer {
    private static final System.Logger LOG = System.getLogger(StackTimer.class.getName());

    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "sip-timer");
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((dead, problem) ->
                LOG.log(System.Logger.Level.ERROR, dead.getName() + " has died and is replaced", problem));
        return thread;
    });

    /** With no thread yet. */
    public StackTimer() {
        clock.setRemoveOnCancelPolicy(true);
    }

    @Override
    public void start(SipStackImpl stack, Properties settings) {
        clock.prestartAllCoreThreads();
    }

    @Override
    public boolean isStarted() {
        return !clock.isShutdown();
    }

    @Override
    public void stop() {
        clock.shutdownNow();
    }

    @Override
    public boolean schedule(SIPStackTimerTask task, long delayMs) {
        try {
            task.setSipTimerTask(clock.schedule(() -> run(task), delayMs, TimeUnit.MILLISECONDS));
            return true;
        } catch (RejectedExecutionException stopped) {
            // what the stack expects
            throw new IllegalStateException("the SIP stack has been stopped", stopped);
        }
    }

    @Override
    public boolean scheduleWithFixedDelay(SIPStackTimerTask task, long delayMs, long periodMs) {
        task.setSipTimerTask(clock.scheduleWithFixedDelay(() -> run(task), delayMs, periodMs, TimeUnit.MILLISECONDS));
        return true;
    }

    private static void run(SIPStackTimerTask task) {
        try {
            task.runTask();
        } catch (RuntimeException problem) {
            // else it would not be run again
            LOG.log(System.Logger.Level.WARNING, "a timer of the SIP stack", problem);
        }
    }

    @Override
    public boolean cancel(SIPStackTimerTask task) {
        if (task.getSipTimerTask() instanceof Future<?> scheduled) {
            task.cleanUpBeforeCancel();
            return scheduled.cancel(false);
        }
        return false;
    }
}
