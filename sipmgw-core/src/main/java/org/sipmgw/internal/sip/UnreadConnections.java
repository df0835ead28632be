package org.sipmgw.internal.sip;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Connections that the stack has opened. It opens one to the Via of a request whose own connection has gone, for the answer
 * alone, and never reads from it nor closes it: of those only the youngest stay open. Thread-safe.
 */
final class UnreadConnections {
    private static final System.Logger LOG = System.getLogger(UnreadConnections.class.getName());
    private static final int MOST = 64;

    private final Deque<CarefulSocket> opened = new ArrayDeque<>();

    /** Remembers a new one, and closes the oldest of those that nobody reads where there are too many. */
    synchronized void opened(CarefulSocket socket) {
        opened.removeIf(CarefulSocket::isClosed);
        opened.add(socket);
        long unread = opened.stream().filter(one -> !one.isRead()).count();
        for (var each = opened.iterator(); each.hasNext() && unread > MOST; ) {
            CarefulSocket oldest = each.next();
            if (!oldest.isRead()) {
                each.remove();
                unread--;
                close(oldest);
            }
        }
    }

    /** How many are open. */
    synchronized int count() {
        opened.removeIf(CarefulSocket::isClosed);
        return opened.size();
    }

    /** Closes all of them. */
    synchronized void close() {
        opened.forEach(UnreadConnections::close);
        opened.clear();
    }

    private static void close(CarefulSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "closing", e);
        }
    }
}
