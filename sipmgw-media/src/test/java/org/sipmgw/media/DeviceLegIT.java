package org.sipmgw.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.media.lab.FakeRoom;
import org.sipmgw.media.transcode.Source;
import org.sipmgw.sdp.Direction;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.RtcpFeedback;
import org.sipmgw.sdp.RtpCodec;
import org.sipmgw.spi.CameraPort;
import org.sipmgw.spi.MediaEngine;
import org.sipmgw.spi.MediaListener;
import org.sipmgw.spi.MicrophonePort;
import org.sipmgw.spi.PageDevices;

/** A room's packets, from its socket to the devices that a page has: the real decoders, stand-ins for the devices. */
@Tag("media")
class DeviceLegIT {
    private static final RtpCodec H264 = new RtpCodec("H264", 96, 90_000, 1, Map.of("packetization-mode", "1"));
    private static final RtpCodec VP8 = new RtpCodec("VP8", 100, 90_000, 1, Map.of());
    private static final RtpCodec OPUS = new RtpCodec("opus", 111, 48_000, 2, Map.of());
    private static final int PLI = 20_601;

    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final BridgedMediaEngine engine = BridgedMediaEngine.builder().build(new FakeCapture());
    private final Camera camera = new Camera();
    private final Microphone microphone = new Microphone();
    private BridgedMediaSession session;
    private FakeRoom audio;
    private FakeRoom video;

    @BeforeEach
    void open() throws Exception {
        session = (BridgedMediaSession) engine.open(InetAddress.getLoopbackAddress(), new MediaListener() {
            @Override
            public void onWarning(String detail) {
                warnings.add(detail);
            }
        });
        audio = new FakeRoom(MediaKind.AUDIO, session.localMedia());
        video = new FakeRoom(MediaKind.VIDEO, session.localMedia());
    }

    @AfterEach
    void close() {
        session.close();
        assertThat(engine.inventory()).isEqualTo(new MediaEngine.Inventory(0, 0, 0));
        engine.close();
        audio.close();
        video.close();
    }

    private void agree(RtpCodec picture, Direction direction) {
        session.configure(
                List.of(audio.stream(OPUS, Direction.SENDRECV), video.stream(picture, direction, RtcpFeedback.PLI)));
    }

    private static void send(FakeRoom room, byte[] buffer, int offset, int length) {
        try {
            room.send(Arrays.copyOfRange(buffer, offset, offset + length));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void pictureAndSoundOfTheRoomReachTheDevices() throws Exception {
        agree(H264, Direction.SENDRECV);
        session.feed(new PageDevices(camera, microphone));
        Source.await(() -> session.nativeObjects() > 3);
        Source picture = Source.shades(H264, 320, 192, 30);
        picture.play((buffer, offset, length) -> send(video, buffer, offset, length));
        Source.await(() -> camera.shades.size() >= 25);
        assertThat(camera.shades.get(camera.shades.size() - 1)).isBetween(140, 165);
        Source.tone(OPUS, 1000, 1).play((buffer, offset, length) -> send(audio, buffer, offset, length));
        Source.await(() -> microphone.left.size() >= 44_000);
        assertThat(Source.crossings(microphone.left, 10_000, 34_000)).isBetween(494, 506);
        assertThat(warnings).isEmpty();
    }

    @Test
    void theRoomIsAskedForAKeyFrameWhenThePictureGoesToADevice() throws Exception {
        agree(H264, Direction.SENDRECV);
        Source picture = Source.shades(H264, 320, 192, 5);
        picture.play((buffer, offset, length) -> send(video, buffer, offset, length));
        session.feed(new PageDevices(camera, microphone));
        picture.play((buffer, offset, length) -> send(video, buffer, offset, length));
        Source.await(() -> !video.control(PLI).isEmpty());
    }

    @Test
    void anotherCodecGetsAnotherDecoderAndAHeldPictureTheStillOne() throws Exception {
        agree(H264, Direction.SENDRECV);
        session.feed(new PageDevices(camera, microphone));
        Source.await(() -> session.nativeObjects() > 3);
        Source.shades(H264, 320, 192, 10).play((buffer, offset, length) -> send(video, buffer, offset, length));
        Source.await(() -> camera.shades.size() >= 5);
        agree(VP8, Direction.SENDRECV);
        Source.await(() -> session.nativeObjects() > 3);
        camera.shades.clear();
        Source later = Source.shades(VP8, 320, 192, 15);
        for (int turn = 0; turn < 5 && camera.shades.size() < 5; turn++) {
            later.play((buffer, offset, length) -> send(video, buffer, offset, length));
        }
        Source.await(() -> camera.shades.size() >= 5);
        int stills = camera.stills.get();
        agree(VP8, Direction.INACTIVE);
        Source.await(() -> camera.stills.get() > stills);
    }

    @Test
    void aCodecThatCannotBeDecodedIsAWarning() throws Exception {
        session.configure(List.of(
                audio.stream(new RtpCodec("G7221", 115, 16_000, 1, Map.of()), Direction.SENDRECV),
                video.stream(H264, Direction.SENDRECV)));
        session.feed(new PageDevices(camera, microphone));
        Source.await(() -> !warnings.isEmpty());
        assertThat(warnings.get(0)).contains("no plugin of GStreamer decodes G7221");
    }

    private static final class Camera implements CameraPort {
        private static final int WIDTH = 640;
        private static final int HEIGHT = 360;

        private final List<Integer> shades = new CopyOnWriteArrayList<>();
        private final AtomicInteger stills = new AtomicInteger();

        @Override
        public String label() {
            return "Camera";
        }

        @Override
        public String device() {
            return "/dev/video7";
        }

        @Override
        public int width() {
            return WIDTH;
        }

        @Override
        public int height() {
            return HEIGHT;
        }

        @Override
        public void frame(ByteBuffer i420) {
            assertThat(i420.remaining()).isEqualTo(WIDTH * HEIGHT * 3 / 2);
            shades.add(i420.get(HEIGHT / 2 * WIDTH + WIDTH / 2) & 0xff);
        }

        @Override
        public void still() {
            stills.incrementAndGet();
        }

        @Override
        public void close() {
            // nothing is held
        }
    }

    private static final class Microphone implements MicrophonePort {
        private final List<Short> left = Collections.synchronizedList(new ArrayList<>());

        @Override
        public String label() {
            return "Microphone";
        }

        @Override
        public String device() {
            return "card 7";
        }

        @Override
        public String recorded() {
            return "hw:7,1,0";
        }

        @Override
        public void sound(ByteBuffer samples) {
            while (samples.remaining() >= 4) {
                left.add(samples.getShort());
                samples.getShort();
            }
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
