package org.sipmgw.examples.calls;

import static org.assertj.core.api.Assertions.fail;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sipmgw.testsupport.PatternReader;
import org.sipmgw.testsupport.PhoneMedia;
import org.sipmgw.testsupport.ReceivedAudio;
import org.sipmgw.testsupport.ReceivedVideo;
import org.sipmgw.testsupport.RtpRecording;
import org.sipmgw.testsupport.Tones;

/**
 * One direction of a call, watched where it arrives.
 *
 * @param name of the direction, for people
 * @param video the picture that arrives
 * @param videoCodec its codec
 * @param sender whose pattern is looked for
 * @param audio the sound that arrives
 * @param audioCodec its codec
 * @param tones whose beeps are listened for
 * @param keyFrame asks for a key frame, as a receiver does that cannot decode
 */
record Watch(
        String name,
        RtpRecording video,
        String videoCodec,
        int sender,
        RtpRecording audio,
        String audioCodec,
        Tones tones,
        Runnable keyFrame) {

    /** Long enough for a machine that is busy with other things. */
    static final long PATIENCE_MS = 30_000;

    private static final int FRAMES = 20;
    private static final int PITCHES = 2;
    private static final long LOOK_MS = 2500;

    /** The same stream, looked at for the pattern and the beeps of another sender. */
    Watch of(int other) {
        return new Watch(
                name + " (sender " + other + ")", video, videoCodec, other, audio, audioCodec, tones(other), keyFrame);
    }

    static Tones tones(int sender) {
        return switch (sender) {
            case PhoneMedia.ROOM_SENDER -> Tones.ROOM;
            case PhoneMedia.SECOND_ROOM_SENDER -> Tones.SECOND_ROOM;
            default -> Tones.CONFERENCE;
        };
    }

    /** Whether the pattern of {@code sender} is in a picture. */
    static boolean reads(BufferedImage picture, int sender) {
        byte[] luma = new byte[picture.getWidth() * picture.getHeight()];
        for (int y = 0, i = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                luma[i++] = (byte) (picture.getRGB(x, y) >> 8);
            }
        }
        return new PatternReader()
                .read(sender, luma, picture.getWidth(), picture.getHeight())
                .isPresent();
    }

    /** What has arrived from {@code fromNs} on. */
    Seen since(long fromNs) throws IOException {
        ReceivedVideo seen = ReceivedVideo.decodeSince(video.packets(), videoCodec, sender, fromNs);
        ReceivedAudio heard = ReceivedAudio.decode(audio.since(fromNs), audioCodec, tones);
        return new Seen(seen.pictures(), heard.beeps());
    }

    /** Waits until the other side is seen moving and heard, from now on. */
    Seen awaitRecognised() throws IOException, InterruptedException {
        return awaitRecognised(FRAMES, PITCHES);
    }

    /** Waits until so many different frames were read and so many pitches heard, from now on. */
    Seen awaitRecognised(int frames, int pitches) throws IOException, InterruptedException {
        long from = System.nanoTime();
        Thread.sleep(LOOK_MS);
        return awaitRecognised(from, frames, pitches);
    }

    /** Waits until so many different frames were read and so many pitches heard since {@code fromNs}. */
    Seen awaitRecognised(long fromNs, int frames, int pitches) throws IOException, InterruptedException {
        while (true) {
            Optional<Seen> seen = look(fromNs, frames, pitches);
            if (seen.isPresent()) {
                return seen.get();
            }
            Thread.sleep(LOOK_MS);
        }
    }

    /** Waits until in all these directions the other side is seen moving and heard, from now on. */
    static void awaitRecognised(Watch... watches) throws IOException, InterruptedException {
        long from = System.nanoTime();
        List<Watch> waiting = new ArrayList<>(List.of(watches));
        while (!waiting.isEmpty()) {
            Thread.sleep(LOOK_MS);
            for (Watch watch : List.copyOf(waiting)) {
                if (watch.look(from, FRAMES, PITCHES).isPresent()) {
                    waiting.remove(watch);
                }
            }
        }
    }

    private Optional<Seen> look(long fromNs, int frames, int pitches) throws IOException {
        Seen seen = since(fromNs);
        if (seen.frames() >= frames && seen.pitches() >= pitches) {
            System.out.println(name + ": " + seen);
            return Optional.of(seen);
        }
        if (System.nanoTime() - fromNs > PATIENCE_MS * 1_000_000) {
            return fail(
                    "%s: not recognised within %d ms: %s; packets: %d picture, %d sound",
                    name, PATIENCE_MS, seen, video.count(), audio.count());
        }
        if (seen.pictures().isEmpty()) {
            keyFrame.run();
        }
        return Optional.empty();
    }
}
