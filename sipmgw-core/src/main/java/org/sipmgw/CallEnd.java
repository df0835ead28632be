package org.sipmgw;

import java.util.concurrent.TimeoutException;
import org.sipmgw.conference.JoinException;
import org.sipmgw.spi.DeviceException;

/** Which reason belongs to which failure. */
final class CallEnd {
    private CallEnd() {}

    static EndReason reason(EndReason.Cause cause, int sipStatus, String detail) {
        return new EndReason(cause, sipStatus, detail);
    }

    /** The conference could not be joined, or no seat be opened. */
    static EndReason notJoined(Throwable problem) {
        if (problem instanceof JoinException join) {
            int status = switch (join.reason()) {
                case NOT_ALLOWED, PASSWORD -> 403;
                case NO_SUCH_ROOM -> 404;
                case TIMEOUT, REFUSED -> 480;
                case BROWSER -> 503;
            };
            EndReason.Cause cause = switch (join.reason()) {
                case BROWSER -> EndReason.Cause.BROWSER_LOST;
                case NO_SUCH_ROOM, NOT_ALLOWED -> EndReason.Cause.NO_SUCH_ROOM;
                default -> EndReason.Cause.JOIN_FAILED;
            };
            return reason(cause, status, detail(problem));
        }
        if (problem instanceof TimeoutException) {
            return reason(EndReason.Cause.JOIN_FAILED, 480, "The conference could not be joined in time");
        }
        EndReason.Cause cause =
                problem instanceof DeviceException ? EndReason.Cause.BROWSER_LOST : EndReason.Cause.JOIN_FAILED;
        return reason(cause, 503, detail(problem));
    }

    /** As above, of a call that was in the conference before: when it is not for the browser, the conference has ended. */
    static EndReason notJoinedAgain(Throwable problem) {
        EndReason reason = notJoined(problem);
        return reason.cause() == EndReason.Cause.BROWSER_LOST
                ? reason
                : reason(EndReason.Cause.CONFERENCE_ENDED, reason.sipStatus(), reason.detail());
    }

    /** Whether another browser could do better. */
    static boolean worthRestarting(Throwable problem) {
        return problem instanceof DeviceException
                || (problem instanceof JoinException join && join.reason() == JoinException.Cause.BROWSER);
    }

    static String detail(Throwable problem) {
        String message = problem.getMessage();
        return message == null || message.isBlank() ? problem.getClass().getSimpleName() : message;
    }
}
