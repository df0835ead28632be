package org.sipmgw.testsupport;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The IVF container: a header of 32 bytes, then frames with size and time. */
final class Ivf {

    private static final int FILE_HEADER = 32;
    private static final int FRAME_HEADER = 12;

    private Ivf() {}

    /** The frames of a file. */
    static List<byte[]> read(InputStream in) throws IOException {
        if (in.readNBytes(FILE_HEADER).length < FILE_HEADER) {
            throw new EOFException("no IVF header");
        }
        List<byte[]> frames = new ArrayList<>();
        while (true) {
            byte[] header = in.readNBytes(FRAME_HEADER);
            if (header.length < FRAME_HEADER) {
                return frames;
            }
            int size = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt();
            frames.add(in.readNBytes(size));
        }
    }

    /** Writes frames, each with its number as its time. */
    static void write(OutputStream out, String fourCc, List<byte[]> frames) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(FILE_HEADER).order(ByteOrder.LITTLE_ENDIAN);
        header.put("DKIF".getBytes(StandardCharsets.US_ASCII))
                .putShort((short) 0)
                .putShort((short) FILE_HEADER);
        header.put(fourCc.getBytes(StandardCharsets.US_ASCII))
                .putShort((short) 640)
                .putShort((short) 360);
        header.putInt(30).putInt(1).putInt(frames.size());
        out.write(header.array());
        for (int i = 0; i < frames.size(); i++) {
            out.write(ByteBuffer.allocate(FRAME_HEADER)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(frames.get(i).length)
                    .putLong(i)
                    .array());
            out.write(frames.get(i));
        }
    }
}
