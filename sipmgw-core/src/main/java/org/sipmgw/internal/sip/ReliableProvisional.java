package org.sipmgw.internal.sip;

import gov.nist.javax.sip.message.SIPResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import javax.sip.Dialog;
import javax.sip.SipException;
import javax.sip.header.RequireHeader;

/**
 * The reliable provisional answers of one INVITE (RFC 3262): one at a time, each until its PRACK; the final answer waits for
 * that. The stack repeats them. On the leg's sender, except where it says otherwise.
 */
final class ReliableProvisional {
    static final String TAG = "100rel";
    private static final System.Logger LOG = System.getLogger(ReliableProvisional.class.getName());
    private final Queue<Runnable> later = new ArrayDeque<>();
    private boolean pending;
    private volatile boolean arrived;

    /** Sends it now, or when the one before has arrived. */
    void send(Dialog dialog, SIPResponse response) {
        if (pending) {
            later.add(() -> send(dialog, response));
            return;
        }
        pending = true;
        arrived = false;
        try {
            SIPResponse reliable = (SIPResponse) dialog.createReliableProvisionalResponse(response.getStatusCode());
            response.setHeader(reliable.getHeader(RequireHeader.NAME));
            if (reliable.getRecordRouteHeaders() != null) {
                response.setHeader(reliable.getRecordRouteHeaders());
            }
            dialog.sendReliableProvisionalResponse(response);
        } catch (SipException | javax.sip.InvalidArgumentException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "not sent", e);
            acknowledged();
        }
    }

    /** Runs the task when nothing waits for its PRACK. */
    void afterwards(Runnable task) {
        if (pending) {
            later.add(task);
        } else {
            task.run();
        }
    }

    void acknowledged() {
        pending = false;
        arrived = true;
        List<Runnable> waiting = new ArrayList<>(later);
        later.clear();
        waiting.forEach(this::afterwards);
    }

    /** From any thread. */
    boolean arrived() {
        return arrived;
    }
}
