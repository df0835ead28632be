package org.sipmgw.internal.sip;

import java.net.InetAddress;
import java.util.Optional;

/**
 * What becomes of an INVITE that we send; at most one of answered and failed, and nothing after it. Called from a thread
 * of the endpoint; implementations return at once.
 */
public interface SipCallListener {

    /**
     * The first server is found; {@link SipCall#invite} may follow.
     *
     * @param localAddress the address of this machine that it reaches
     */
    void onLocated(InetAddress localAddress);

    /**
     * A provisional answer above 100.
     *
     * @param status 101 to 199
     * @param earlyMedia whether it brought a session description
     * @param answer that description, where it is the first one of the device that it comes from
     */
    void onProgress(int status, boolean earlyMedia, Optional<String> answer);

    /**
     * A dialog is made and acknowledged: the first, should several devices have answered.
     *
     * @param sdp the answer to our offer
     */
    void onAnswered(Optional<String> sdp);

    /**
     * Nobody has answered, or {@link SipCall#cancel} has taken effect.
     *
     * @param status the best final answer, 408 without one, 503 where nothing could be sent
     * @param detail for people
     */
    void onFailed(int status, String detail);
}
