package org.sipmgw;

/** A session description of the room that cannot be taken. */
final class SdpProblem extends Exception {
    private static final long serialVersionUID = 1L;
    private final int sipStatus;
    private final String detail;

    SdpProblem(int sipStatus, String detail) {
        super(detail);
        this.sipStatus = sipStatus;
        this.detail = detail;
    }

    /** 400 where it does not parse, 488 where nothing is common. */
    int sipStatus() {
        return sipStatus;
    }

    /** What is wrong, for people. */
    String detail() {
        return detail;
    }
}
