package org.sipmgw.devices.alsa;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.sipmgw.devices.kernel.CompiledCNative;
import org.sipmgw.devices.kernel.Structure;

/**
 * Writes periods of 10 ms (48 kHz, stereo, 16 bits) to a loopback card as long as its buffer has room: by ours, by the same
 * ioctl in a loop of C, and as a plain copy of the same bytes. Prints microseconds for a period, the median of many rounds.
 */
public final class PeriodWrites {
    private static final int PERIOD_FRAMES = 480;
    private static final PcmFormat FORMAT = PcmFormat.s16(48_000, 2);
    private static final int PERIOD_BYTES = PERIOD_FRAMES * FORMAT.frameBytes();
    private static final int PERIODS = 80;
    private static final int ROUNDS = 300;
    private static final int WARM_UP_ROUNDS = 100;

    private final SoundCard card = SoundCards.system().loopbacks().get(0);
    private final ByteBuffer sound = ByteBuffer.allocateDirect(PERIOD_BYTES);
    private final ByteBuffer copy = ByteBuffer.allocateDirect(PERIOD_BYTES);
    private final Structure transfer = new Structure(PcmLayout.XFER_BYTES);

    private PeriodWrites() {
        transfer.setLong(PcmLayout.XFER_BUF, Structure.addressOf(sound)).setLong(PcmLayout.XFER_FRAMES, PERIOD_FRAMES);
    }

    /** No arguments. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        CompiledCNative.compile();
        PeriodWrites writes = new PeriodWrites();
        double[] ours = new double[ROUNDS];
        double[] inC = new double[ROUNDS];
        double[] copies = new double[ROUNDS];
        for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
            int at = Math.max(round, 0);
            ours[at] = writes.round(false);
            inC[at] = writes.round(true);
            copies[at] = writes.copies();
        }
        print("ours", ours);
        print("yardstickC", inC);
        print("yardstickCopy", copies);
    }

    private static void print(String who, double[] microseconds) {
        Arrays.sort(microseconds);
        System.out.printf(Locale.ROOT, "%s %.4f%n", who, microseconds[ROUNDS / 2]);
    }

    /** A new stream each round: its buffer is empty but for the silence of the start. */
    private double round(boolean inC) throws IOException {
        try (PcmPlayback playback =
                Pcm.on(card, 0).subdevice(0).format(FORMAT).latencyMs(500).playback()) {
            playback.offer(sound.clear());
            long fd = inC ? descriptor(playback.device()) : 0;
            long startNs = System.nanoTime();
            long failed = inC
                    ? CompiledCNative.calls((int) fd, PcmLayout.WRITEI.number(), transfer.address(), PERIODS)
                    : offer(playback);
            double microseconds = (System.nanoTime() - startNs) / 1e3 / PERIODS;
            if (failed != 0 || playback.xruns() != 0) {
                throw new IOException(failed + " writes failed; " + playback.trouble());
            }
            return microseconds;
        }
    }

    private int offer(PcmPlayback playback) {
        int failed = 0;
        for (int i = 0; i < PERIODS; i++) {
            failed += playback.offer(sound.clear()) == PERIOD_FRAMES ? 0 : 1;
        }
        return failed;
    }

    private double copies() {
        long startNs = System.nanoTime();
        for (int i = 0; i < PERIODS; i++) {
            copy.put(0, sound, 0, PERIOD_BYTES);
        }
        return (System.nanoTime() - startNs) / 1e3 / PERIODS;
    }

    private static long descriptor(String device) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            List<Path> found = open.filter(link -> leadsTo(link, device)).toList();
            return Long.parseLong(found.get(0).getFileName().toString());
        }
    }

    private static boolean leadsTo(Path link, String device) {
        try {
            return Files.readSymbolicLink(link).toString().equals(device);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
