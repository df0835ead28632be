package org.sipmgw;

/** A session description of the room that cannot be taken. */
final class SdpProblem extends Exception {
    private static final long serialVersionUID = 1L;
    private final int sipStatus;

    SdpProblem(int sipStatus, String detail) {
        super(detail);
        this.sipStatus = sipStatus;
    }

    /** 400 where it does not parse, 488 where nothing is common. */
    int sipStatus() {
        return sipStatus;
    }
}
