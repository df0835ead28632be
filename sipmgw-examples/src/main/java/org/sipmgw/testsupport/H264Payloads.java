package org.sipmgw.testsupport;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** H.264 between Annex B access units and RTP payloads (RFC 6184): single NAL units, STAP-A and FU-A. */
final class H264Payloads {

    private static final int IDR = 5;
    private static final int SPS = 7;
    private static final int DELIMITER = 9;
    private static final int STAP_A = 24;
    private static final int FU_A = 28;

    private H264Payloads() {}

    /** Splits a stream at its access unit delimiters, which are left out. */
    static List<byte[]> accessUnits(byte[] annexB) {
        List<byte[]> units = new ArrayList<>();
        ByteArrayOutputStream unit = new ByteArrayOutputStream();
        for (byte[] nal : nalUnits(annexB)) {
            if ((nal[0] & 31) == DELIMITER) {
                if (unit.size() > 0) {
                    units.add(unit.toByteArray());
                    unit.reset();
                }
            } else {
                write(unit, nal);
            }
        }
        if (unit.size() > 0) {
            units.add(unit.toByteArray());
        }
        return units;
    }

    static List<byte[]> nalUnits(byte[] annexB) {
        List<byte[]> nals = new ArrayList<>();
        int start = -1;
        for (int i = 0; i + 3 <= annexB.length; i++) {
            if (annexB[i] == 0 && annexB[i + 1] == 0 && annexB[i + 2] == 1) {
                if (start >= 0) {
                    add(nals, annexB, start, i);
                }
                start = i + 3;
                i += 2;
            }
        }
        if (start >= 0) {
            add(nals, annexB, start, annexB.length);
        }
        return nals;
    }

    private static void add(List<byte[]> nals, byte[] annexB, int start, int end) {
        int last = end;
        while (last > start && annexB[last - 1] == 0) {
            last--;
        }
        if (last > start) {
            nals.add(Arrays.copyOfRange(annexB, start, last));
        }
    }

    static boolean isKey(byte[] unit) {
        return nalUnits(unit).stream().anyMatch(nal -> (nal[0] & 31) == IDR);
    }

    /** The sequence parameter set of a unit. */
    static Optional<byte[]> sps(byte[] unit) {
        return nalUnits(unit).stream().filter(nal -> (nal[0] & 31) == SPS).findFirst();
    }

    static List<byte[]> packetize(byte[] unit, int mode) {
        List<byte[]> payloads = new ArrayList<>();
        for (byte[] nal : nalUnits(unit)) {
            if (nal.length <= PreparedVideo.MAX_PAYLOAD + 50) {
                payloads.add(nal);
            } else if (mode == 0) {
                throw new IllegalArgumentException("a NAL unit of " + nal.length + " bytes does not fit mode 0");
            } else {
                fragment(nal, payloads);
            }
        }
        return List.copyOf(payloads);
    }

    private static void fragment(byte[] nal, List<byte[]> payloads) {
        int size = PreparedVideo.MAX_PAYLOAD;
        for (int from = 1; from < nal.length; from += size) {
            int to = Math.min(nal.length, from + size);
            byte[] payload = new byte[to - from + 2];
            payload[0] = (byte) ((nal[0] & 0xE0) | FU_A);
            payload[1] = (byte) ((nal[0] & 31) | (from == 1 ? 0x80 : 0) | (to == nal.length ? 0x40 : 0));
            System.arraycopy(nal, from, payload, 2, to - from);
            payloads.add(payload);
        }
    }

    /** Puts the payloads of one frame together again; what is missing is missing. */
    static byte[] depacketize(List<byte[]> payloads) {
        ByteArrayOutputStream unit = new ByteArrayOutputStream();
        for (byte[] payload : payloads) {
            if (payload.length < 2) {
                continue;
            }
            int type = payload[0] & 31;
            if (type == STAP_A) {
                int at = 1;
                while (at + 2 < payload.length) {
                    int length = (payload[at] & 255) << 8 | (payload[at + 1] & 255);
                    int end = Math.min(payload.length, at + 2 + length);
                    write(unit, Arrays.copyOfRange(payload, at + 2, end));
                    at += 2 + length;
                }
            } else if (type == FU_A) {
                if ((payload[1] & 0x80) != 0) {
                    write(unit, new byte[] {(byte) ((payload[0] & 0xE0) | (payload[1] & 31))});
                }
                unit.write(payload, 2, payload.length - 2);
            } else {
                write(unit, payload);
            }
        }
        return unit.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, byte[] nal) {
        out.writeBytes(new byte[] {0, 0, 0, 1});
        out.writeBytes(nal);
    }
}
