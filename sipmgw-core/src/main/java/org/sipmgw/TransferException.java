package org.sipmgw;

/** A transfer has come to nothing; the call goes on, unless it has ended for itself. */
public final class TransferException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int sipStatus;

    TransferException(int sipStatus, String detail) {
        super((sipStatus == 0 ? "" : sipStatus + " ") + detail);
        this.sipStatus = sipStatus;
    }

    /** What the room system, or who it has called, has answered; 408 where it was silent, 0 where it has not said it. */
    public int sipStatus() {
        return sipStatus;
    }
}
