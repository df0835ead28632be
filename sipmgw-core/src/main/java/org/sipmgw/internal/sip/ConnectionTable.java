package org.sipmgw.internal.sip;

import gov.nist.javax.sip.stack.IOHandler;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.sipmgw.internal.sip.net.ReadSocket;

/**
 * Which connection leads to which peer. The stack's own table takes a peer's new connection out when a channel of an old
 * one from the same port is closed, gives out connections that have ended, and answers requests that came by TLS over TCP
 * where both come from one port. Thread-safe.
 */
final class ConnectionTable extends IOHandler {
    private static final System.Logger LOG = System.getLogger(ConnectionTable.class.getName());

    private final Map<String, Socket> plain = new ConcurrentHashMap<>();
    private final Map<String, Socket> secured = new ConcurrentHashMap<>();

    /** The stack asks for a socket by address and port alone; whether it is to be TLS is known to who sends. */
    private final ThreadLocal<Boolean> sendingSecured = ThreadLocal.withInitial(() -> false);

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
        boolean before = sendingSecured.get();
        sendingSecured.set("tls".equalsIgnoreCase(transport));
        try {
            return super.sendBytes(sender, receiver, port, transport, bytes, client, channel);
        } finally {
            sendingSecured.set(before);
        }
    }

    @Override
    protected void putSocket(String key, Socket socket) {
        (socket instanceof SSLSocket ? secured : plain).put(key, socket);
    }

    @Override
    protected @Nullable Socket getSocket(String key) {
        Map<String, Socket> table = sendingSecured.get() ? secured : plain;
        Socket socket = table.get(key);
        if (socket == null || isUsable(socket)) {
            return socket;
        }
        close(socket);
        table.remove(key, socket);
        return null;
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
