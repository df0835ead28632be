package org.sipmgw.internal.sip.location;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.naming.Context;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.Attributes;
import javax.naming.directory.InitialDirContext;

/** Asks DNS by the provider that is part of Java; addresses by the system's resolver, which knows its hosts file. */
public final class JndiDomainNames implements DomainNames {
    private static final System.Logger LOG = System.getLogger(JndiDomainNames.class.getName());
    private final String servers;

    /** @param servers {@code dns://ADDRESS:PORT} one or several apart by a space; {@code dns:} for the system's */
    public JndiDomainNames(String servers) {
        this.servers = servers;
    }

    @Override
    public List<Naptr> naptr(String domain) {
        return records(domain, "NAPTR", text -> {
            // order preference "flags" "service" "regexp" replacement
            String[] field = text.replace("\"", "").split(" ", -1);
            return field.length >= 6 && field[2].equalsIgnoreCase("s")
                    ? Optional.of(new Naptr(
                            Integer.parseInt(field[0]),
                            Integer.parseInt(field[1]),
                            field[3],
                            plain(field[field.length - 1])))
                    : Optional.empty();
        });
    }

    @Override
    public List<Srv> srv(String name) {
        return records(name, "SRV", text -> {
            String[] field = text.split(" ");
            // a dot as target: the service is decidedly not there
            return field.length == 4 && !field[3].equals(".")
                    ? Optional.of(new Srv(
                            Integer.parseInt(field[0]),
                            Integer.parseInt(field[1]),
                            Integer.parseInt(field[2]),
                            plain(field[3])))
                    : Optional.empty();
        });
    }

    @Override
    public List<InetAddress> addresses(String host) {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            return List.of();
        }
    }

    private static String plain(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    // JNDI follows URLs of any scheme: nothing but a plain name of a domain may reach it, wherever it comes from
    @SuppressWarnings({"BanJNDI", "JdkObsolete"})
    private <T> List<T> records(String name, String type, Function<String, Optional<T>> reader) {
        List<T> found = new ArrayList<>();
        if (!name.matches("[A-Za-z0-9._-]{1,253}")) {
            return found;
        }
        Hashtable<String, String> settings = new Hashtable<>();
        settings.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        settings.put(Context.PROVIDER_URL, servers);
        settings.put("com.sun.jndi.dns.timeout.initial", "1000");
        settings.put("com.sun.jndi.dns.timeout.retries", "2");
        try {
            InitialDirContext context = new InitialDirContext(settings);
            try {
                Attributes attributes = context.getAttributes(name, new String[] {type});
                Attribute attribute = attributes.get(type);
                NamingEnumeration<?> values = attribute == null ? null : attribute.getAll();
                while (values != null && values.hasMore()) {
                    reader.apply(String.valueOf(values.next())).ifPresent(found::add);
                }
            } finally {
                context.close();
            }
        } catch (NamingException | NumberFormatException e) {
            LOG.log(System.Logger.Level.DEBUG, type + " of " + name, e);
        }
        return found;
    }
}
