package org.sipmgw.internal.sip;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.sipmgw.internal.sip.net.ReadSocket;

/**
 * Connections that the stack has opened. It opens one to the Via of a request whose own connection has gone, for the answer
 * alone, and never reads from it nor closes it: of those only the youngest stay open. Thread-safe.
 */
final class UnreadConnections {
    private static final System.Logger LOG = System.getLogger(UnreadConnections.class.getName());
    private static final int MOST = 64;

    private final Deque<ReadSocket> opened = new ArrayDeque<>();

    /** Remembers a new one, and closes the oldest of those that nobody reads where there are too many. */
    synchronized void opened(ReadSocket socket) {
        opened.removeIf(ReadSocket::isClosed);
        opened.add(socket);
        long unread = opened.stream().filter(one -> !one.reading().isRead()).count();
        for (var each = opened.iterator(); each.hasNext() && unread > MOST; ) {
            ReadSocket oldest = each.next();
            if (!oldest.reading().isRead()) {
                each.remove();
                unread--;
                close(oldest);
            }
        }
    }

    /** How many are open. */
    synchronized int count() {
        opened.removeIf(ReadSocket::isClosed);
        return opened.size();
    }

    /** Closes all of them. */
    synchronized void close() {
        opened.forEach(UnreadConnections::close);
        opened.clear();
    }

    private static void close(ReadSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "closing", e);
        }
    }
}
