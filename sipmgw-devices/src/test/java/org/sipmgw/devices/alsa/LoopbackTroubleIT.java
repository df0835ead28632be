package org.sipmgw.devices.alsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.devices.kernel.CountingKernel;
import org.sipmgw.devices.kernel.KernelCalls;
import org.sipmgw.spi.DeviceException;

/** What goes wrong with the real module. */
@Tag("devices")
class LoopbackTroubleIT {
    private static final PcmFormat FORMAT = PcmFormat.s16(48_000, 2);
    private static final Path DRIVER = Path.of("/sys/bus/platform/drivers/snd_aloop");

    @Test
    void aLateWriterIsAnXrunThatLosesAndRepeatsNothing() {
        SoundCard card = SoundLab.card(0);
        try (Recorder recorder =
                        new Recorder(Pcm.on(card, 1).subdevice(0).latencyMs(200).capture());
                PcmPlayback playback =
                        Pcm.on(card, 0).subdevice(0).latencyMs(40).playback()) {
            ByteBuffer before = SoundLab.noise(4_800, FORMAT, 21);
            ByteBuffer after = SoundLab.noise(4_800, FORMAT, 22);
            playback.write(before);
            SoundLab.sleepMs(500);
            assertThat(playback.write(after)).isEqualTo(4_800);
            assertThat(playback.drain()).isTrue();
            byte[] heard = recorder.heardAfter(20_000);
            assertThat(playback.xruns()).isEqualTo(1);
            int first = SoundLab.firstSound(heard);
            int gap = first + before.limit();
            int second = gap;
            while (heard[second] == 0) {
                second++;
            }
            assertThat(ByteBuffer.wrap(heard, first, before.limit())).isEqualTo(before.rewind());
            assertThat(second - gap).as("silence in between").isPositive();
            assertThat(ByteBuffer.wrap(heard, second, after.limit())).isEqualTo(after.rewind());
            for (int i = second + after.limit(); i < heard.length; i++) {
                assertThat(heard[i]).as("silence after it").isZero();
            }
        }
    }

    @Test
    void aLateReaderIsAnXrunAndReadsOn() {
        SoundCard card = SoundLab.card(0);
        try (PcmCapture capture = Pcm.on(card, 1).latencyMs(20).capture()) {
            ByteBuffer sound = ByteBuffer.allocateDirect(1_920);
            assertThat(capture.read(sound)).isEqualTo(480);
            SoundLab.sleepMs(300);
            for (int i = 0; i < 10; i++) {
                assertThat(capture.read(sound.clear())).isEqualTo(480);
            }
            assertThat(capture.xruns()).isEqualTo(1);
            assertThat(capture.trouble()).isEmpty();
        }
    }

    @Test
    void aSecondFormatIsRefusedByNamingTheFirst() {
        SoundCard card = SoundLab.card(0);
        try (PcmCapture page =
                Pcm.on(card, 1).subdevice(0).format(PcmFormat.s16(44_100, 2)).capture()) {
            assertThatThrownBy(() -> Pcm.on(card, 0).subdevice(0).format(FORMAT).playback())
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining("HW_REFINE")
                    .hasMessageContaining("48000 Hz, only 44100 to 44100");
            assertThatThrownBy(() -> Pcm.on(card, 1).subdevice(0).capture())
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining(page.device() + ": open: E");
        }
    }

    @Test
    void aCardThatIsRemovedUnderSoundIsNoticedAndTakenBack() throws Exception {
        SoundCard card = SoundLab.card(1);
        String number = Files.readSymbolicLink(Path.of("/sys/class/sound/card" + card.number() + "/device"))
                .getFileName()
                .toString();
        List<String> told = new CopyOnWriteArrayList<>();
        DeviceEvents events = new DeviceEvents() {
            @Override
            public void gone(String why) {
                told.add(why);
            }

            @Override
            public void returned() {
                told.add("returned");
            }
        };
        try (ClockedPlayback microphone = Pcm.on(card, 0).clockedPlayback(events)) {
            ByteBuffer sound = SoundLab.noise(960, FORMAT, 31);
            play(microphone, sound, () -> microphone.offer(sound.rewind()) == 960);
            Process unbind = SoundLab.start("sh", "-c", "echo " + number + " > " + DRIVER + "/unbind");
            play(microphone, sound, () -> !microphone.playing());
            SoundLab.finished(unbind);
            assertThat(told).singleElement().asString().contains("/dev/snd/pcmC1D0p: E");
            play(microphone, sound, () -> microphone.droppedFrames() > 9_600);
            Files.writeString(DRIVER.resolve("bind"), number);
            play(microphone, sound, microphone::playing);
            assertThat(told).last().isEqualTo("returned");
            try (Recorder recorder =
                    new Recorder(Pcm.on(card.again(), 1).latencyMs(200).capture())) {
                play(microphone, sound, () -> SoundLab.firstSound(recorder.heard()) >= 0);
            }
        } finally {
            if (SoundCards.system().card(card.id()).isEmpty()) {
                Files.writeString(DRIVER.resolve("bind"), number);
            }
        }
        assertThat(SoundLab.openDescriptors()).isZero();
    }

    /** Goes on as a call does. */
    private static void play(ClockedPlayback microphone, ByteBuffer sound, BooleanSupplier end) {
        SoundLab.await("the card", () -> {
            microphone.offer(sound.rewind());
            SoundLab.sleepMs(15);
            return end.getAsBoolean();
        });
    }

    @Tag("long")
    @Test
    void aUserWithoutPermissionIsToldTheGroup() throws Exception {
        SoundLab.card(0);
        Process gateway = SoundLab.gateway(
                List.of(
                        "setpriv",
                        "--reuid=nobody",
                        "--regid=nogroup",
                        "--clear-groups",
                        // may read the class path, wherever that is, and nothing more than others may write
                        "--inh-caps=+dac_read_search",
                        "--ambient-caps=+dac_read_search"),
                "1",
                "1");
        String said = new String(gateway.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said).contains("refused").contains("EACCES").contains("audio");
    }

    @Test
    void soundThatFlowsAllocatesNothing() {
        SoundCard card = SoundLab.card(0);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        ByteBuffer played = SoundLab.noise(480, FORMAT, 71);
        ByteBuffer recorded = ByteBuffer.allocateDirect(480 * FORMAT.frameBytes());
        try (PcmCapture capture = Pcm.on(card, 1).latencyMs(200).capture();
                ClockedPlayback playback = Pcm.on(card, 0).latencyMs(200).clockedPlayback(DeviceEvents.NONE)) {
            long before = 0;
            for (int period = 0; period < 60; period++) {
                before = period == 30 ? threads.getThreadAllocatedBytes(self) : before;
                playback.offer(played.rewind());
                capture.read(recorded.clear());
            }
            assertThat(threads.getThreadAllocatedBytes(self) - before).isLessThan(1_000);
        }
    }

    @Test
    void everyCallOfTheRealKernelMayFailAndNothingStaysOpen() throws Exception {
        SoundCard card = SoundLab.card(0);
        ByteBuffer sound = SoundLab.noise(480, FORMAT, 51);
        List<String> failed = new ArrayList<>();
        for (int step = 1; failed.size() == step - 1; step++) {
            CountingKernel kernel = new CountingKernel(step);
            try (PcmCapture capture = Pcm.on(card, 1).subdevice(0).capture(PcmOpener.kernel(kernel));
                    PcmPlayback playback = Pcm.on(card, 0).subdevice(0).playback(PcmOpener.kernel(kernel));
                    RateShift shift = RateShift.playback(kernel, card, 0, 0)) {
                assertThat(playback.write(sound.rewind())).isIn(480, PcmStream.GONE);
                assertThat(capture.queuedFrames()).isGreaterThanOrEqualTo(PcmStream.GONE);
            } catch (DeviceException e) {
                assertThat(e).hasMessageContaining("/dev/snd/").hasMessageContaining("EIO");
            }
            assertThat(kernel.open()).as("after failing: %s", kernel.failed()).isZero();
            if (!kernel.failed().isEmpty()) {
                failed.add(kernel.failed());
            }
        }
        assertThat(failed).hasSizeGreaterThan(25).contains("open");
        assertThat(SoundLab.openDescriptors()).isZero();
    }

    @Tag("long")
    @Test
    void aThousandOpeningsLeaveNothing() throws Exception {
        SoundCard card = SoundLab.card(0);
        ByteBuffer sound = SoundLab.noise(480, FORMAT, 41);
        int threads = 0;
        for (int i = 0; i <= 1_000; i++) {
            threads = i == 1 ? Thread.activeCount() : threads;
            try (PcmCapture capture = Pcm.on(card, 1).subdevice(0).capture();
                    PcmPlayback playback = Pcm.on(card, 0).subdevice(0).playback();
                    RateShift shift = RateShift.playback(KernelCalls.running(), card, 0, 0)) {
                shift.ppm(100);
                playback.write(sound.rewind());
                assertThat(capture.trouble()).isEmpty();
            }
        }
        assertThat(SoundLab.openDescriptors()).isZero();
        assertThat(Thread.activeCount()).isEqualTo(threads);
        assertThat(LoopbackCards.system().holders(card)).isEmpty();
    }
}
