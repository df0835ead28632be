package org.sipmgw.internal.sip;

import gov.nist.javax.sip.stack.IOHandler;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.sipmgw.internal.sip.net.ReadSocket;

/**
 * Which connection leads to which peer. The stack's own table takes a peer's new connection out when a channel of an old
 * one from the same port is closed, gives the new one to the old channel, gives out connections that have ended, and answers
 * requests that came by TLS over TCP where both come from one port. Thread-safe.
 */
final class ConnectionTable extends IOHandler {
    private static final System.Logger LOG = System.getLogger(ConnectionTable.class.getName());

    private final Map<String, Socket> plain = new ConcurrentHashMap<>();
    private final Map<String, Socket> secured = new ConcurrentHashMap<>();

    /** Connections that peers have opened: each belongs to the channel that reads from it, and to no other. */
    private final Set<Socket> taken = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private final Map<MessageChannel, Socket> own = Collections.synchronizedMap(new WeakHashMap<>());

    /** The peer's connection whose first message this thread has read and not yet handed on. */
    private final ThreadLocal<@Nullable Socket> announced = ThreadLocal.withInitial(() -> null);

    /** The stack asks for a socket by address and port alone: what this thread sends, and by what. */
    private final ThreadLocal<@Nullable Sending> sending = ThreadLocal.withInitial(() -> null);

    private record Sending(boolean isSecured, MessageChannel channel) {}

    /** Empty. */
    ConnectionTable(SIPTransactionStack stack) {
        super(stack);
    }

    @Override
    public Socket sendBytes(
            InetAddress sender,
            InetAddress receiver,
            int port,
            String transport,
            byte[] bytes,
            boolean client,
            MessageChannel channel)
            throws IOException {
        Sending before = sending.get();
        sending.set(new Sending(transport.equalsIgnoreCase("tls"), channel));
        try {
            Socket used = super.sendBytes(sender, receiver, port, transport, bytes, client, channel);
            own.computeIfPresent(channel, (same, socket) -> used);
            return used;
        } finally {
            sending.set(before);
        }
    }

    /** A message has come by this channel; where it is the first, the stack has put the channel's socket here before. */
    void read(MessageChannel channel) {
        Socket socket = announced.get();
        if (socket != null) {
            announced.remove();
            own.put(channel, socket);
        }
    }

    @Override
    protected void putSocket(String key, Socket socket) {
        Map<String, Socket> table = socket instanceof SSLSocket ? secured : plain;
        if (sending.get() == null) {
            Socket other = table.get(key);
            if (other != null && isFollowedBy(socket, other)) {
                // the stack would close the other one's channel for this one's
                throw new IllegalStateException("a message of a connection that has ended");
            }
            taken.add(socket);
            announced.set(socket);
        }
        table.put(key, socket);
    }

    /** Whether the peer has opened the other one later, from the same port to the same port, so that the first has ended. */
    private boolean isFollowedBy(Socket socket, Socket other) {
        return taken.contains(other)
                && isUsable(other)
                && socket.getLocalPort() == other.getLocalPort()
                && socket instanceof ReadSocket first
                && other instanceof ReadSocket second
                && second.reading().isYoungerThan(first.reading());
    }

    /**
     * To answer by another channel's connection would make the stack read from that twice and close it. Who has lost his own
     * connection goes to the address in Via (RFC 3261 section 18.2.2).
     */
    @Override
    protected @Nullable Socket getSocket(String key) {
        Sending now = sending.get();
        Socket socket = now == null ? null : own.get(now.channel());
        if (socket != null && isUsable(socket) && key.equals(makeKey(socket.getInetAddress(), socket.getPort()))) {
            return socket;
        }
        Map<String, Socket> table = now != null && now.isSecured() ? secured : plain;
        socket = table.get(key);
        if (socket == null) {
            return null;
        }
        if (!isUsable(socket)) {
            close(socket);
            table.remove(key, socket);
            return null;
        }
        return taken.contains(socket) && !socket.equals(announced.get()) ? null : socket;
    }

    /** Called for a connection that has been closed, but with the key alone: another one may stand under it by now. */
    @Override
    protected void removeSocket(String key) {
        super.removeSocket(key);
        plain.computeIfPresent(key, (same, socket) -> isUsable(socket) ? socket : null);
        secured.computeIfPresent(key, (same, socket) -> isUsable(socket) ? socket : null);
    }

    @Override
    public void closeAll() {
        super.closeAll();
        plain.values().forEach(ConnectionTable::close);
        secured.values().forEach(ConnectionTable::close);
    }

    /** Where nobody reads, the other side's end is not noticed, and what is written then is lost. */
    private static boolean isUsable(Socket socket) {
        return !socket.isClosed()
                && !(socket instanceof ReadSocket known && known.reading().isForgotten());
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "closing", e);
        }
    }
}
