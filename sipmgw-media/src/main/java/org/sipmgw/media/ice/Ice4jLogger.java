package org.sipmgw.media.ice;

import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import org.jitsi.utils.logging2.Logger;
import org.jspecify.annotations.Nullable;

/** Sends what ice4j says to the platform logger, one level lower than it thinks: its informing is our debugging. */
final class Ice4jLogger implements Logger {
    private static final System.Logger LOG = System.getLogger("org.ice4j");

    static final Ice4jLogger INSTANCE = new Ice4jLogger();

    private Ice4jLogger() {}

    @Override
    public Logger createChildLogger(String name, @Nullable Map<String, String> context) {
        return this;
    }

    @Override
    public Logger createChildLogger(String name) {
        return this;
    }

    @Override
    public void setUseParentHandlers(boolean use) {}

    @Override
    public void addHandler(Handler handler) {}

    @Override
    public void removeHandler(Handler handler) {}

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
        return LOG.isLoggable(System.Logger.Level.TRACE);
    }

    @Override
    public void debug(Object message) {
        LOG.log(System.Logger.Level.TRACE, message);
    }

    @Override
    public void debug(Supplier<String> message) {
        LOG.log(System.Logger.Level.TRACE, message);
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
    public void setLevelError() {}

    @Override
    public void setLevelWarn() {}

    @Override
    public void setLevelInfo() {}

    @Override
    public void setLevelDebug() {}

    @Override
    public void setLevelTrace() {}

    @Override
    public void setLevelAll() {}

    @Override
    public void setLevelOff() {}

    @Override
    public void setLevel(Level level) {}

    @Override
    public Level getLevel() {
        return Level.INFO;
    }

    @Override
    public void addContext(Map<String, String> context) {}

    @Override
    public void addContext(String key, String value) {}

    @Override
    public void removeContext(String key) {}
}
