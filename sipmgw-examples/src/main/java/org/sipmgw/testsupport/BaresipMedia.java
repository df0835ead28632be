package org.sipmgw.testsupport;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files for baresip to play: the {@link Pattern} as mp4 without sound, and the {@link Tones} as wav. */
final class BaresipMedia {

    static final int SAMPLE_RATE = 48_000;

    private BaresipMedia() {}

    /** Eight seconds, then the same again until {@code seconds} are over; no B-frames. */
    static void picture(Pattern pattern, int seconds, Path file) throws IOException {
        Path loop = file.resolveSibling("loop.mp4");
        Ffmpeg.run(
                List.of(
                        "-f",
                        "rawvideo",
                        "-pix_fmt",
                        "yuv420p",
                        "-s",
                        pattern.width() + "x" + pattern.height(),
                        "-r",
                        Integer.toString(pattern.frameRate()),
                        "-i",
                        "-",
                        "-c:v",
                        "libx264",
                        "-preset",
                        "veryfast",
                        "-tune",
                        "zerolatency",
                        "-crf",
                        "18",
                        "-bf",
                        "0",
                        "-g",
                        "30",
                        "-y",
                        loop.toString()),
                out -> {
                    byte[] frame = new byte[pattern.frameBytes()];
                    for (int i = 0; i < PreparedVideo.LOOP_SECONDS * pattern.frameRate(); i++) {
                        pattern.draw(i, frame);
                        out.write(frame);
                    }
                },
                InputStream::readAllBytes);
        int again = seconds / PreparedVideo.LOOP_SECONDS;
        Ffmpeg.run(
                List.of(
                        "-stream_loop",
                        Integer.toString(again),
                        "-i",
                        loop.toString(),
                        "-c",
                        "copy",
                        "-y",
                        file.toString()),
                out -> {},
                InputStream::readAllBytes);
    }

    /** One channel at 48 kHz; the file's end would end the call. */
    static void sound(Tones tones, int seconds, Path file) throws IOException {
        byte[] loop = PreparedAudio.bytes(tones.samples(SAMPLE_RATE, PreparedVideo.LOOP_SECONDS));
        int again = seconds / PreparedVideo.LOOP_SECONDS + 1;
        int data = loop.length * again;
        ByteBuffer header = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
        header.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + data);
        header.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16)
                .putShort((short) 1)
                .putShort((short) 1);
        header.putInt(SAMPLE_RATE).putInt(SAMPLE_RATE * 2).putShort((short) 2).putShort((short) 16);
        header.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(data);
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            out.write(header.array());
            for (int i = 0; i < again; i++) {
                out.write(loop);
            }
        }
    }
}
