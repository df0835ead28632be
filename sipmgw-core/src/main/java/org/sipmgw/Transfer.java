package org.sipmgw;

import java.util.Optional;
import java.util.concurrent.Executor;
import org.sipmgw.internal.sip.SipDialogRequest;
import org.sipmgw.internal.sip.SipLeg;
import org.sipmgw.internal.sip.SipRefusal;

/** One REFER of the room: answered once, then reported on until the last word. State is touched on the call's loop. */
final class Transfer implements TransferRequest {
    private static final String GOES_ON = "active;expires=180";
    private static final String IS_OVER = "terminated;reason=noresource";
    private final SipDialogRequest request;
    private final SipLeg leg;
    private final Executor loop;
    private final String target;
    private boolean answered;
    private boolean open;

    Transfer(SipDialogRequest request, SipLeg leg, Executor loop, String target) {
        this.request = request;
        this.leg = leg;
        this.loop = loop;
        this.target = target;
    }

    @Override
    public String target() {
        return target;
    }

    @Override
    public Optional<String> referredBy() {
        return request.uri("Referred-By");
    }

    @Override
    public void accept() {
        loop.execute(() -> {
            if (!answered) {
                answered = true;
                open = true;
                request.acceptLater();
                leg.notifyTransfer(request.cseq(), GOES_ON, "SIP/2.0 100 Trying");
            }
        });
    }

    @Override
    public void decline(int sipStatus, String detail) {
        if (sipStatus < 400 || sipStatus > 699) {
            throw new IllegalArgumentException("a refusal has a status from 400 to 699, not " + sipStatus);
        }
        loop.execute(() -> {
            if (!answered) {
                answered = true;
                request.refuse(SipRefusal.of(sipStatus, detail));
            }
        });
    }

    @Override
    public void report(int sipStatus, String reason) {
        if (sipStatus < 100 || sipStatus > 699) {
            throw new IllegalArgumentException("a status is from 100 to 699, not " + sipStatus);
        }
        String line = "SIP/2.0 " + sipStatus + " " + reason.replaceAll("\\p{Cntrl}+", " ");
        loop.execute(() -> {
            if (open) {
                open = sipStatus < 200;
                leg.notifyTransfer(request.cseq(), open ? GOES_ON : IS_OVER, line);
            }
        });
    }
}
