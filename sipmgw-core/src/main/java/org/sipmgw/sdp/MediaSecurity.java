package org.sipmgw.sdp;

import java.util.List;
import java.util.Optional;

/**
 * How one media line is protected. Two equal values mean the same keys: packets go on under them, roll-over counters
 * included. The text of none shows a key.
 */
public sealed interface MediaSecurity {

    /** No protection: RTP/AVP or RTP/AVPF. */
    record Plain() implements MediaSecurity {}

    /**
     * SRTP with keys from the descriptions (RFC 4568).
     *
     * @param suite the one of both directions
     * @param local key of what the gateway sends
     * @param remote key of what the other side sends
     * @param remoteMkiBytes length of the master key identifier in each packet of the other side, 0 for none; the
     *     gateway sends none
     */
    record Sdes(SrtpSuite suite, SrtpMasterKey local, SrtpMasterKey remote, int remoteMkiBytes)
            implements MediaSecurity {}

    /**
     * SRTP with keys from a DTLS handshake on the media path (RFC 5763).
     *
     * @param client whether the gateway is the DTLS client ({@code a=setup:active})
     * @param fingerprints of the other side's certificate; one of them must fit, all are of one hash function
     * @param localTlsId names the gateway's association (RFC 8842), another one with each new association
     * @param remoteTlsId the other side's name of it, where it has one
     */
    record Dtls(boolean client, List<Fingerprint> fingerprints, String localTlsId, Optional<String> remoteTlsId)
            implements MediaSecurity {

        public Dtls {
            fingerprints = List.copyOf(fingerprints);
        }
    }

    /** The one value of {@link Plain}. */
    static MediaSecurity plain() {
        return new Plain();
    }
}
