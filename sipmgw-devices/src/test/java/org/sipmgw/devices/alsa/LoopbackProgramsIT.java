package org.sipmgw.devices.alsa;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other people's programs at the other end of the loopback: what they read and write is what was written and is read. */
@Tag("devices")
@Tag("long")
class LoopbackProgramsIT {
    private static final PcmFormat FORMAT = PcmFormat.s16(48_000, 2);
    private static final int FRAMES = 24_000;

    @TempDir
    Path folder;

    private static String hardware(SoundCard card, int device) {
        return "hw:CARD=" + card.id() + ",DEV=" + device + ",SUBDEV=0";
    }

    /** With a tenth of a second of silence in front: GStreamer's clock may cut off the first frame. */
    private Path file(ByteBuffer sound) throws Exception {
        Path file = folder.resolve("sound.raw");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(FRAMES / 5 * FORMAT.frameBytes()));
            channel.write(sound.duplicate());
        }
        return file;
    }

    private void playTo(Process reader, SoundCard card, Path recording) throws Exception {
        SoundLab.await("the reader records", () -> recording.toFile().length() > 4_096);
        assertThat(LoopbackCards.system().holders(card))
                .extracting(CardHolder::stream)
                .containsExactly("pcm1c/sub0");
        ByteBuffer sent = SoundLab.noise(FRAMES, FORMAT, 11);
        try (PcmPlayback playback = Pcm.on(card, 0).subdevice(0).latencyMs(400).playback()) {
            playback.write(sent);
            playback.drain();
        }
        SoundLab.finished(reader);
        SoundLab.assertSame(sent, Files.readAllBytes(recording), "recording");
    }

    @Test
    void arecordHearsEverySample() throws Exception {
        SoundCard card = SoundLab.card(0);
        Path recording = folder.resolve("recording.raw");
        Process reader = SoundLab.start(
                "arecord",
                "-q",
                "-D",
                hardware(card, 1),
                "-t",
                "raw",
                "-f",
                "S16_LE",
                "-r",
                "48000",
                "-c",
                "2",
                "--buffer-time=400000",
                "-d",
                "3",
                recording.toString());
        playTo(reader, card, recording);
    }

    @Test
    void gstreamerHearsEverySample() throws Exception {
        SoundCard card = SoundLab.card(0);
        Path recording = folder.resolve("recording.raw");
        Process reader = SoundLab.start(
                "gst-launch-1.0",
                "-q",
                "alsasrc",
                "device=" + hardware(card, 1),
                "provide-clock=false",
                "slave-method=none",
                "buffer-time=1000000",
                "num-buffers=250",
                "!",
                "audio/x-raw,format=S16LE,rate=48000,channels=2",
                "!",
                "filesink",
                "location=" + recording);
        playTo(reader, card, recording);
    }

    @Test
    void everySampleOfAplayIsHeard() throws Exception {
        SoundCard card = SoundLab.card(1);
        ByteBuffer sent = SoundLab.noise(FRAMES, FORMAT, 12);
        Path file = file(sent);
        try (Recorder recorder =
                new Recorder(Pcm.on(card, 0).subdevice(0).latencyMs(300).capture())) {
            SoundLab.run(
                    "aplay",
                    "-q",
                    "-D",
                    hardware(card, 1),
                    "-t",
                    "raw",
                    "-f",
                    "S16_LE",
                    "-r",
                    "48000",
                    "-c",
                    "2",
                    "--buffer-time=400000",
                    file.toString());
            SoundLab.assertSame(sent, recorder.heardAfter(20_000), "aplay");
            assertThat(recorder.xruns()).isZero();
        }
    }

    @Test
    void everySampleOfGstreamerIsHeard() throws Exception {
        SoundCard card = SoundLab.card(1);
        ByteBuffer sent = SoundLab.noise(FRAMES, FORMAT, 13);
        Path file = file(sent);
        try (Recorder recorder =
                new Recorder(Pcm.on(card, 0).subdevice(0).latencyMs(300).capture())) {
            SoundLab.run(
                    "gst-launch-1.0",
                    "-q",
                    "filesrc",
                    "location=" + file,
                    "!",
                    "rawaudioparse",
                    "format=pcm",
                    "pcm-format=s16le",
                    "sample-rate=48000",
                    "num-channels=2",
                    "!",
                    "alsasink",
                    "device=" + hardware(card, 1),
                    "buffer-time=400000");
            SoundLab.assertSame(sent, recorder.heardAfter(20_000), "GStreamer");
        }
    }
}
