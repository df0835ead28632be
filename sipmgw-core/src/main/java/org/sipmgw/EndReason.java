package org.sipmgw;

/**
 * Why a call ended.
 *
 * @param cause one of a closed list, fit for a metric's label
 * @param sipStatus the SIP status that ended or would have ended the call, for example 200, 404, 503
 * @param detail for people; never a secret
 */
public record EndReason(Cause cause, int sipStatus, String detail) {

    /** The closed list. */
    public enum Cause {
        /** The room system hung up. */
        ROOM_HUNG_UP,
        /** The room system gave up before the call was answered. */
        CANCELLED,
        /** The room system that the gateway called has refused; the status says how. */
        REFUSED,
        /** Nobody answered the gateway's call in time. */
        NO_ANSWER,
        /** The embedder hung up. */
        LOCAL_HANG_UP,
        /** The room system talks to somebody else now, as the embedder wished ({@link Call#transfer}). */
        TRANSFERRED,
        /** The gateway was closed. */
        SHUTDOWN,
        /** No such room, or the room's host is not allowed. */
        NO_SUCH_ROOM,
        /** Too many calls, or no media port free. */
        BUSY,
        /** Offer and answer found no common audio or video. */
        NO_COMMON_MEDIA,
        /** The conference could not be joined. */
        JOIN_FAILED,
        /** The conference ended or removed us, or was lost and could not be joined again. */
        CONFERENCE_ENDED,
        /** Browser, display or sound died and a restart did not help. */
        BROWSER_LOST,
        /** The room system sent nothing for too long, or does not answer any more. */
        ROOM_LOST,
        /** Media could not be carried. */
        MEDIA_FAILED,
        /** A fault of the gateway itself. */
        INTERNAL_ERROR
    }
}
