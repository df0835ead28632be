package org.sipmgw.devices.v4l2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Frames that are all different in every byte's place, so that one can tell which ones came through whole. */
final class Film {
    private final List<byte[]> frames = new ArrayList<>();
    private final Map<ByteBuffer, Integer> numbers = new HashMap<>();
    private final VideoFormat format;

    Film(VideoFormat format, int count, int seed) {
        this.format = format;
        for (int number = 0; number < count; number++) {
            byte[] frame =
                    format.pixels() == PixelFormat.MJPEG ? jpeg(format, seed + number) : raw(format, seed + number);
            frames.add(frame);
            numbers.put(ByteBuffer.wrap(frame), number);
        }
    }

    private static byte[] raw(VideoFormat format, int seed) {
        byte[] frame = new byte
                [FrameLayout.tight(format.pixels(), format.width(), format.height())
                        .bytes()];
        int state = seed * 0x9e3779b9 + 1;
        for (int i = 0; i < frame.length; i++) {
            state ^= state << 13;
            state ^= state >>> 17;
            state ^= state << 5;
            frame[i] = (byte) state;
        }
        return frame;
    }

    /** A real JPEG; its number stands in a comment, so that all are different. */
    private static byte[] jpeg(VideoFormat format, int seed) {
        ByteBuffer picture = ByteBuffer.allocate(format.width() * format.height() * 2);
        int bytes = new StillPicture(format).draw(FrameLayout.tight(format.pixels(), format.width(), 2), picture);
        ByteBuffer numbered = ByteBuffer.allocate(bytes + 8);
        numbered.put(picture.array(), 0, 2)
                .putShort((short) 0xfffe)
                .putShort((short) 6)
                .putInt(seed);
        numbered.put(picture.array(), 2, bytes - 2);
        return numbered.array();
    }

    int count() {
        return frames.size();
    }

    byte[] frame(int number) {
        return frames.get(number % frames.size());
    }

    /** Hands a frame to a camera. */
    FrameResult show(V4l2Sink sink, int number) {
        ByteBuffer bytes = ByteBuffer.wrap(frame(number));
        return format.pixels() == PixelFormat.MJPEG
                ? sink.jpeg(bytes, 0, bytes.capacity())
                : sink.frame(bytes, 0, FrameLayout.tight(format.pixels(), format.width(), format.height()));
    }

    /** Which frame this is; -1 for none of ours. */
    int number(byte[] bytes, int offset, int length) {
        return numbers.getOrDefault(ByteBuffer.wrap(bytes, offset, length).slice(), -1);
    }

    /** The numbers of what a reader has written down of raw frames; what is none of ours must be the still picture. */
    List<Integer> numbers(byte[] recording) {
        int size = frame(0).length;
        assertThat(recording.length % size).as("whole frames").isZero();
        byte[] still = new byte[size];
        ByteBuffer target = ByteBuffer.allocate(size);
        new StillPicture(format).draw(FrameLayout.tight(format.pixels(), format.width(), format.height()), target);
        target.get(0, still);
        List<Integer> found = new ArrayList<>();
        for (int at = 0; at < recording.length; at += size) {
            int number = number(recording, at, size);
            if (number < 0) {
                assertThat(Arrays.equals(recording, at, at + size, still, 0, size))
                        .as("frame %d of the recording is whole", at / size)
                        .isTrue();
            } else {
                found.add(number);
            }
        }
        return found;
    }

    /**
     * The numbers of a chain of JPEG pictures; all others must be the still picture. The frame that stands in the device when a
     * reader comes reaches it with the whole buffer behind it: v4l2loopback forgets the length then.
     */
    List<Integer> jpegNumbers(byte[] recording) {
        ByteBuffer still = ByteBuffer.allocate(format.width() * format.height() * 2);
        int stillBytes = new StillPicture(format).draw(FrameLayout.tight(format.pixels(), format.width(), 2), still);
        List<Integer> found = new ArrayList<>();
        int size = frame(0).length;
        int at = 0;
        while (at < recording.length) {
            int number = at + size <= recording.length ? number(recording, at, size) : -1;
            if (number >= 0) {
                found.add(number);
            } else {
                assertThat(Arrays.equals(recording, at, at + stillBytes, still.array(), 0, stillBytes))
                        .as("whole pictures, at byte %d of %d", at, recording.length)
                        .isTrue();
            }
            at += number >= 0 ? size : stillBytes;
            while (at < recording.length && ByteBuffer.wrap(recording).getShort(at) != (short) 0xffd8) {
                at++;
            }
        }
        return found;
    }
}
