package org.sipmgw.media.ice;

import java.util.function.Supplier;
import java.util.logging.Level;
import org.sipmgw.media.internal.log.QuietLogger;

/** Sends what ice4j says to the platform logger, one level lower than it thinks: its informing is our debugging. */
final class Ice4jLogger extends QuietLogger {
    private static final System.Logger LOG = System.getLogger("org.ice4j");

    static final Ice4jLogger INSTANCE = new Ice4jLogger();

    private Ice4jLogger() {}

    @Override
    public boolean isTraceEnabled() {
        return LOG.isLoggable(System.Logger.Level.TRACE);
    }

    @Override
    public void trace(Object message) {
        LOG.log(System.Logger.Level.TRACE, message);
    }

    @Override
    public void trace(Supplier<String> message) {
        LOG.log(System.Logger.Level.TRACE, message);
    }

    @Override
    public boolean isDebugEnabled() {
        return isTraceEnabled();
    }

    @Override
    public void debug(Object message) {
        trace(message);
    }

    @Override
    public void debug(Supplier<String> message) {
        trace(message);
    }

    @Override
    public boolean isInfoEnabled() {
        return LOG.isLoggable(System.Logger.Level.DEBUG);
    }

    @Override
    public void info(Object message) {
        LOG.log(System.Logger.Level.DEBUG, message);
    }

    @Override
    public void info(Supplier<String> message) {
        LOG.log(System.Logger.Level.DEBUG, message);
    }

    @Override
    public boolean isWarnEnabled() {
        return LOG.isLoggable(System.Logger.Level.INFO);
    }

    @Override
    public void warn(Object message) {
        LOG.log(System.Logger.Level.INFO, message);
    }

    @Override
    public void warn(Supplier<String> message) {
        LOG.log(System.Logger.Level.INFO, message);
    }

    @Override
    public void warn(Object message, Throwable cause) {
        LOG.log(System.Logger.Level.INFO, String.valueOf(message), cause);
    }

    @Override
    public void error(Object message) {
        LOG.log(System.Logger.Level.WARNING, message);
    }

    @Override
    public void error(Supplier<String> message) {
        LOG.log(System.Logger.Level.WARNING, message);
    }

    @Override
    public void error(Object message, Throwable cause) {
        LOG.log(System.Logger.Level.WARNING, String.valueOf(message), cause);
    }

    @Override
    public Level getLevel() {
        return Level.INFO;
    }
}
