package org.sipmgw.media;

import org.sipmgw.media.h264.H264Repair;
import org.sipmgw.media.rtp.KeyFrameRequests;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.rtp.PacketPool;
import org.sipmgw.media.rtp.PictureCounter;
import org.sipmgw.media.rtp.SequenceMap;
import org.sipmgw.media.rtp.Vp8Payload;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.RtpCodec;

/** What depends on the codec in the way into the page: repair of H.264, counting of pictures, noticing key frames. */
final class Pictures {
    private final SequenceMap numbers;
    private final PictureCounter counter = new PictureCounter();
    private final KeyFrameRequests requests = new KeyFrameRequests();
    private final H264Repair h264;
    private final Vp8Payload vp8 = new Vp8Payload();
    private Format format = Format.OPAQUE;
    private String sprop = "";

    private enum Format {
        H264,
        VP8,
        OPAQUE
    }

    Pictures(PacketPool pool, int firstSequence) {
        numbers = new SequenceMap(firstSequence);
        h264 = new H264Repair(pool, numbers, counter);
    }

    /** What comes from now on. */
    void format(MediaKind kind, RtpCodec codec) {
        if (kind != MediaKind.VIDEO) {
            format = Format.OPAQUE;
        } else if (codec.is("H264")) {
            format = Format.H264;
            sprop = codec.parameter("sprop-parameter-sets", "");
            h264.restart(sprop);
        } else {
            format = codec.is("VP8") ? Format.VP8 : Format.OPAQUE;
        }
    }

    /** Another stream of the same format begins: what was known of the old one, but for its description, is forgotten. */
    void restart() {
        if (format == Format.H264) {
            h264.restart(sprop);
        }
    }

    PathStatus handOn(Packet packet, PageOutput output) {
        return switch (format) {
            case H264 -> h264(packet, output);
            case VP8 -> vp8(packet, output);
            case OPAQUE -> plain(packet, output);
        };
    }

    private PathStatus h264(Packet packet, PageOutput output) {
        H264Repair.Status status = h264.repair(packet, output);
        if (h264.keyFrame()) {
            requests.arrived();
        }
        return switch (status) {
            case PASSED -> output.ready() ? PathStatus.FORWARDED : PathStatus.NO_PAGE;
            case REPAIRED -> output.ready() ? PathStatus.REPAIRED : PathStatus.NO_PAGE;
            case LEFT_OUT -> PathStatus.LEFT_OUT;
            case TOO_LATE -> PathStatus.TOO_LATE;
        };
    }

    private PathStatus vp8(Packet packet, PageOutput output) {
        counter.part(packet.timestamp());
        if (vp8.isKeyFrame(packet.buffer(), packet.payloadOffset(), packet.payloadLength())) {
            counter.keyFrame(packet.timestamp());
            counter.size(vp8.width(), vp8.height());
            requests.arrived();
        }
        return plain(packet, output);
    }

    private PathStatus plain(Packet packet, PageOutput output) {
        int sequence = numbers.map(packet.sequence());
        if (sequence < 0) {
            return PathStatus.TOO_LATE;
        }
        packet.sequence(sequence);
        output.packet(packet);
        return output.ready() ? PathStatus.FORWARDED : PathStatus.NO_PAGE;
    }

    /** The forwarder's number of what the page knows as {@code sequence}; -1 where it came from nowhere. */
    int source(int sequence) {
        return numbers.source(sequence);
    }

    KeyFrameRequests requests() {
        return requests;
    }

    PictureCounter counter() {
        return counter;
    }
}
