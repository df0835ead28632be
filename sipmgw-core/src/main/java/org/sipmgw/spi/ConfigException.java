package org.sipmgw.spi;

/** A configuration that cannot work, found when it is built. */
public final class ConfigException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /**
     * @param key the key as the user wrote it
     * @param value the value found; never a secret
     * @param allowed what is allowed instead
     */
    public ConfigException(String key, Object value, String allowed) {
        super(key + ": '" + value + "' is not allowed; allowed: " + allowed);
    }
}
