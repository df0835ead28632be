package org.sipmgw.account;

/** How keys are sent to the peer; baresip's {@code dtmfmode}. Keys that come are understood in every form. */
public enum DtmfMode {
    /** RFC 4733 telephone events. */
    RTP_EVENT,
    /** INFO with application/dtmf-relay. */
    INFO,
    /** RFC 4733 where it was negotiated, else INFO. */
    AUTO
}
