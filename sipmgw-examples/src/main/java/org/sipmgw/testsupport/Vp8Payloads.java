package org.sipmgw.testsupport;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** VP8 between frames and RTP payloads (RFC 7741). */
final class Vp8Payloads {

    private static final int DESCRIPTOR = 4;

    private Vp8Payloads() {}

    static List<byte[]> packetize(byte[] frame, int pictureId) {
        List<byte[]> payloads = new ArrayList<>();
        for (int from = 0; from < frame.length; from += PreparedVideo.MAX_PAYLOAD) {
            int length = Math.min(PreparedVideo.MAX_PAYLOAD, frame.length - from);
            byte[] payload = new byte[DESCRIPTOR + length];
            payload[0] = (byte) (from == 0 ? 0x90 : 0x80);
            payload[1] = (byte) 0x80;
            payload[2] = (byte) (0x80 | (pictureId >> 8 & 0x7F));
            payload[3] = (byte) pictureId;
            System.arraycopy(frame, from, payload, DESCRIPTOR, length);
            payloads.add(payload);
        }
        return List.copyOf(payloads);
    }

    static byte[] depacketize(List<byte[]> payloads) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        for (byte[] payload : payloads) {
            int at = descriptorLength(payload);
            if (at < payload.length) {
                frame.write(payload, at, payload.length - at);
            }
        }
        return frame.toByteArray();
    }

    private static int descriptorLength(byte[] payload) {
        if (payload.length == 0 || (payload[0] & 0x80) == 0) {
            return 1;
        }
        int at = 2;
        int extensions = payload.length > 1 ? payload[1] : 0;
        if ((extensions & 0x80) != 0) {
            at += payload.length > at && (payload[at] & 0x80) != 0 ? 2 : 1;
        }
        if ((extensions & 0x40) != 0) {
            at++;
        }
        return (extensions & 0x30) != 0 ? at + 1 : at;
    }
}
