package org.sipmgw.account;

import java.util.Set;
import org.sipmgw.sdp.EncryptionPolicy;
import org.sipmgw.sdp.EncryptionPolicy.KeyExchange;

/** What an account wants of media encryption; baresip's {@code mediaenc}. */
public enum MediaEncryption {
    /** The account says nothing: the gateway's own policy holds. */
    UNSPECIFIED,
    /** SDES (RFC 4568), plain where the peer has none; {@code srtp}. */
    SDES_OPTIONAL,
    /** SDES or no call, profile RTP/SAVP; {@code srtp-mand}. */
    SDES_REQUIRED,
    /** SDES or no call, profile RTP/SAVPF; {@code srtp-mandf}. */
    SDES_REQUIRED_WITH_FEEDBACK,
    /** DTLS-SRTP (RFC 5763) or no call; {@code dtls_srtp}. */
    DTLS_SRTP;

    /** The policy of calls of such an account; {@code gateway} is the one that holds where the account says nothing. */
    public EncryptionPolicy policy(EncryptionPolicy gateway) {
        EncryptionPolicy required = gateway.withLevel(EncryptionPolicy.Level.REQUIRED);
        return switch (this) {
            case UNSPECIFIED -> gateway;
            case SDES_OPTIONAL ->
                gateway.withLevel(EncryptionPolicy.Level.PREFERRED)
                        .withKeyExchanges(KeyExchange.SDES, gateway.accepted());
            case SDES_REQUIRED -> required.withKeyExchanges(KeyExchange.SDES, Set.of());
            case SDES_REQUIRED_WITH_FEEDBACK ->
                required.withKeyExchanges(KeyExchange.SDES, Set.of()).withFeedbackProfile();
            case DTLS_SRTP ->
                required.withKeyExchanges(KeyExchange.DTLS, Set.of()).withFeedbackProfile();
        };
    }
}
