package org.sipmgw.internal.sip;

import gov.nist.core.StackLogger;
import java.util.Properties;

/** The stack's messages into the platform logger. Trace stays off: the stack would build strings for every packet. */
public final class SystemStackLogger implements StackLogger {
    private static final System.Logger LOG = System.getLogger(SystemStackLogger.class.getPackageName() + ".stack");

    /** Made by the stack. */
    public SystemStackLogger() {}

    @Override
    public void logStackTrace() {}

    @Override
    public void logStackTrace(int traceLevel) {}

    @Override
    public int getLineCount() {
        return 0;
    }

    @Override
    public void logException(Throwable problem) {
        LOG.log(System.Logger.Level.DEBUG, "stack", problem);
    }

    @Override
    public void logDebug(String message) {}

    @Override
    public void logDebug(String message, Exception problem) {}

    @Override
    public void logTrace(String message) {}

    @Override
    public void logFatalError(String message) {
        LOG.log(System.Logger.Level.WARNING, message);
    }

    /** Debug only: most of what the stack calls an error is a bad peer, and its text holds the peer's whole message. */
    @Override
    public void logError(String message) {
        LOG.log(System.Logger.Level.DEBUG, message);
    }

    @Override
    public void logError(String message, Exception problem) {
        LOG.log(System.Logger.Level.DEBUG, message, problem);
    }

    @Override
    public void logWarning(String message) {
        LOG.log(System.Logger.Level.DEBUG, message);
    }

    @Override
    public void logInfo(String message) {}

    @Override
    public boolean isLoggingEnabled() {
        return LOG.isLoggable(System.Logger.Level.DEBUG);
    }

    @Override
    public boolean isLoggingEnabled(int level) {
        return level <= TRACE_ERROR && isLoggingEnabled();
    }

    @Override
    public void disableLogging() {}

    @Override
    public void enableLogging() {}

    @Override
    public void setBuildTimeStamp(String buildTimeStamp) {}

    @Override
    public void setStackProperties(Properties properties) {}

    @Override
    public String getLoggerName() {
        return LOG.getName();
    }
}
