package org.sipmgw.sdp;

import java.net.InetAddress;
import java.util.Optional;

/** What can stand against accepting one media line of the other side, before its codecs are looked at. */
final class LineCheck {

    private LineCheck() {}

    /** The obstacle, if there is one; {@code local} is our own address. */
    static Optional<Refusal> obstacle(RemoteLine remote, InetAddress local) {
        MediaDescription line = remote.line();
        if (line.kind() == MediaKind.OTHER) {
            return refusal(Refusal.MEDIA_TYPE_NOT_AVAILABLE, "no media of type " + line.media());
        }
        if (RtpProfile.of(line.protocol()).isEmpty()) {
            return refusal(
                    Refusal.INCOMPATIBLE_TRANSPORT,
                    line.media() + " over " + line.protocol() + " is not supported, only RTP over UDP");
        }
        if (slides(line)) {
            return refusal(Refusal.MEDIA_TYPE_NOT_AVAILABLE, "no second video stream for slides");
        }
        Optional<InetAddress> address = remote.address();
        if (address.isEmpty()) {
            return refusal(Refusal.INCOMPATIBLE_ADDRESS, line.media() + " without a unicast IP address in c=");
        }
        if (!remote.held() && address.get().getClass() != local.getClass()) {
            return refusal(
                    Refusal.INCOMPATIBLE_ADDRESS, line.media() + " needs the other IP version than the gateway has");
        }
        return Optional.empty();
    }

    static boolean slides(MediaDescription line) {
        return line.values("content").anyMatch(value -> value.contains("slides"));
    }

    private static Optional<Refusal> refusal(int warningCode, String reason) {
        return Optional.of(new Refusal(warningCode, reason));
    }
}
