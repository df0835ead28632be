package org.sipmgw.browser;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sipmgw.spi.ConfigException;

/**
 * The hosts a browser may be sent to. An entry is {@code host}, {@code host:port} or {@code *.suffix[:port]}; without a
 * port the scheme's own is meant. Pages come by https; by http only from a loopback host that is named itself.
 */
final class AllowedHosts {
    private static final String KEY = "allowedHosts";
    private static final String ALLOWED = "host, host:port or *.suffix, for example meet.example.org";
    private static final Pattern ENTRY =
            Pattern.compile("(\\*\\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9-]+)*|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");

    private final List<Entry> entries;

    private AllowedHosts(List<Entry> entries) {
        this.entries = entries;
    }

    /**
     * Parses the entries.
     *
     * @throws ConfigException for one that is none
     */
    static AllowedHosts of(List<String> entries) {
        return new AllowedHosts(entries.stream().map(AllowedHosts::parse).toList());
    }

    /** Whether a tab may go to the address. */
    boolean allows(URI address) {
        String scheme = address.getScheme();
        String host = host(address);
        if (scheme == null || host == null || address.getRawUserInfo() != null) {
            return false;
        }
        boolean https = scheme.equalsIgnoreCase("https");
        if (!https
                && !(scheme.equalsIgnoreCase("http") && LOOPBACK.matcher(host).matches())) {
            return false;
        }
        int port = address.getPort() >= 0 ? address.getPort() : https ? 443 : 80;
        return entries.stream()
                .filter(entry -> https || !entry.suffix())
                .anyMatch(entry -> entry.matches(host, port, https ? 443 : 80));
    }

    /** As above for an address as the browser writes it; one that cannot be parsed is not allowed. */
    boolean allows(String address) {
        try {
            int query = address.indexOf('?');
            int fragment = address.indexOf('#');
            int end = query < 0 ? fragment : fragment < 0 ? query : Math.min(query, fragment);
            return allows(URI.create(end < 0 ? address : address.substring(0, end)));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Entry parse(String text) {
        String entry = text.trim().toLowerCase(Locale.ROOT);
        if (!ENTRY.matcher(entry).matches()) {
            throw new ConfigException(KEY, text, ALLOWED);
        }
        int colon = entry.lastIndexOf(':') > entry.lastIndexOf(']') ? entry.lastIndexOf(':') : -1;
        int port = colon < 0 ? -1 : Integer.parseInt(entry.substring(colon + 1));
        if (port == 0 || port > 65535) {
            throw new ConfigException(KEY, text, ALLOWED);
        }
        String host = colon < 0 ? entry : entry.substring(0, colon);
        return host.startsWith("*.") ? new Entry(host.substring(1), true, port) : new Entry(host, false, port);
    }

    private static @Nullable String host(URI address) {
        String host = address.getHost();
        if (host == null) {
            return null;
        }
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /** A suffix begins with its dot, so that {@code *.example.org} matches neither example.org nor badexample.org. */
    private record Entry(String name, boolean suffix, int port) {
        boolean matches(String host, int hostPort, int defaultPort) {
            return hostPort == (port < 0 ? defaultPort : port) && (suffix ? host.endsWith(name) : host.equals(name));
        }
    }
}
