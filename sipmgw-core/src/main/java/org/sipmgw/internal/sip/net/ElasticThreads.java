package org.sipmgw.internal.sip.net;

import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A bounded pool that makes a thread only when none is idle: tasks that are held up do not hold up others. */
public final class ElasticThreads {
    private static final int KEEP_SECONDS = 5;

    private ElasticThreads() {}

    /**
     * Makes one; it has no thread yet.
     *
     * @param most threads at once; further tasks wait
     */
    public static ThreadPoolExecutor pool(String name, int most) {
        LinkedTransferQueue<Runnable> waiting = new LinkedTransferQueue<>() {
            private static final long serialVersionUID = 1L;

            @Override
            public boolean offer(Runnable task) {
                // "no" makes the pool start a thread as long as it may
                return tryTransfer(task);
            }
        };
        return new ThreadPoolExecutor(
                0,
                most,
                KEEP_SECONDS,
                TimeUnit.SECONDS,
                waiting,
                task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                },
                (task, pool) -> {
                    if (pool.isShutdown()) {
                        throw new RejectedExecutionException(name + " is closed");
                    }
                    waiting.put(task);
                });
    }
}
