package org.sipmgw.testsupport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Opus packets in and out of Ogg (RFC 3533, RFC 7845). */
final class Ogg {

    private static final int HEADER = 27;
    private static final int SERIAL = 1;

    private Ogg() {}

    /** The Opus packets of a file, without its two header packets. */
    static List<byte[]> packets(byte[] file) {
        List<byte[]> packets = new ArrayList<>();
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        int page = 0;
        while (page + HEADER <= file.length) {
            int segments = file[page + 26] & 255;
            int at = page + HEADER + segments;
            for (int s = 0; s < segments; s++) {
                int length = file[page + HEADER + s] & 255;
                packet.write(file, at, length);
                at += length;
                if (length < 255) {
                    packets.add(packet.toByteArray());
                    packet.reset();
                }
            }
            page = at;
        }
        return packets.subList(Math.min(2, packets.size()), packets.size());
    }

    /** Writes Opus packets of one channel or two, one to a page. */
    static void write(OutputStream out, List<byte[]> packets, int channels) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(19).order(ByteOrder.LITTLE_ENDIAN);
        head.put("OpusHead".getBytes(StandardCharsets.US_ASCII)).put((byte) 1).put((byte) channels);
        head.putShort((short) 0).putInt(48_000).putShort((short) 0).put((byte) 0);
        ByteBuffer tags = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        tags.put("OpusTags".getBytes(StandardCharsets.US_ASCII)).putInt(0).putInt(0);
        page(out, head.array(), 0, 0, 2);
        page(out, tags.array(), 1, 0, 0);
        long samples = 0;
        for (int i = 0; i < packets.size(); i++) {
            samples += samples(packets.get(i));
            page(out, packets.get(i), i + 2, samples, i == packets.size() - 1 ? 4 : 0);
        }
    }

    /** How many samples at 48 kHz an Opus packet holds, by its first bytes (RFC 6716 section 3.1). */
    static int samples(byte[] packet) {
        if (packet.length == 0) {
            return 0;
        }
        int config = (packet[0] & 255) >> 3;
        int frame;
        if (config < 12) {
            frame = new int[] {480, 960, 1920, 2880}[config & 3];
        } else if (config < 16) {
            frame = new int[] {480, 960}[config & 1];
        } else {
            frame = new int[] {120, 240, 480, 960}[config & 3];
        }
        int code = packet[0] & 3;
        int frames = code == 0 ? 1 : code < 3 ? 2 : packet.length > 1 ? packet[1] & 63 : 0;
        return frame * frames;
    }

    private static void page(OutputStream out, byte[] packet, int number, long position, int flags) throws IOException {
        int segments = packet.length / 255 + 1;
        ByteBuffer page = ByteBuffer.allocate(HEADER + segments + packet.length).order(ByteOrder.LITTLE_ENDIAN);
        page.put("OggS".getBytes(StandardCharsets.US_ASCII)).put((byte) 0).put((byte) flags);
        page.putLong(position).putInt(SERIAL).putInt(number).putInt(0).put((byte) segments);
        for (int s = 0; s < segments; s++) {
            page.put((byte) (s < segments - 1 ? 255 : packet.length % 255));
        }
        page.put(packet);
        page.putInt(22, checksum(page.array()));
        out.write(page.array());
    }

    private static int checksum(byte[] bytes) {
        int crc = 0;
        for (byte b : bytes) {
            crc ^= (b & 255) << 24;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc < 0 ? crc << 1 ^ 0x04c11db7 : crc << 1;
            }
        }
        return crc;
    }
}
