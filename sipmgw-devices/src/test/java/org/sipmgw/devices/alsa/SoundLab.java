package org.sipmgw.devices.alsa;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The loopback cards of the kernel that the tests run in, sound to send through them, and other programs. */
final class SoundLab {
    /** Sound to compare has no zero byte in it: what is zero around it is silence. */
    private static final int NEVER_ZERO = 255;

    private SoundLab() {}

    /** Which of the loopback cards; a test without one fails. */
    static SoundCard card(int index) {
        List<SoundCard> cards = SoundCards.system().loopbacks();
        assertThat(cards)
                .as("loopback cards: sipmgw-devices/lab/devlab runs the tests in a kernel that has them")
                .hasSizeGreaterThan(index);
        return cards.get(index);
    }

    static ByteBuffer noise(int frames, PcmFormat format, long seed) {
        ByteBuffer noise =
                ByteBuffer.allocateDirect(frames * format.frameBytes()).order(ByteOrder.LITTLE_ENDIAN);
        Random random = new Random(seed);
        while (noise.hasRemaining()) {
            noise.put((byte) (random.nextInt(NEVER_ZERO) + 1));
        }
        return noise.flip();
    }

    /** Compares byte for byte; only silence may be around it. */
    static void assertSame(ByteBuffer sent, byte[] heard, String what) {
        int from = firstSound(heard);
        assertThat(from).as(what + ": some sound came").isNotNegative();
        int length = sent.limit();
        assertThat(heard.length - from).as(what + ": all of the sound came").isGreaterThanOrEqualTo(length);
        assertThat(ByteBuffer.wrap(heard, from, length)
                        .mismatch(sent.duplicate().rewind()))
                .as(what + ": first byte that differs")
                .isEqualTo(-1);
        for (int i = from + length; i < heard.length; i++) {
            assertThat(heard[i]).as(what + ": silence after it").isZero();
        }
    }

    static int firstSound(byte[] heard) {
        for (int i = 0; i < heard.length; i++) {
            if (heard[i] != 0) {
                return i;
            }
        }
        return -1;
    }

    /** Polls. */
    static void await(String what, BooleanSupplier condition) {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - endNs).as("waited too long: " + what).isNegative();
            LockSupport.parkNanos(5_000_000);
        }
    }

    static void sleepMs(long ms) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(ms));
    }

    static Process start(String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .start();
    }

    /** Runs another program to its end, which must be good. */
    static void run(String... command) throws IOException, InterruptedException {
        finished(start(command));
    }

    static void finished(Process process) throws IOException, InterruptedException {
        boolean ended = process.waitFor(30, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(ended).as("it ends; it printed: " + printed).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
    }

    /** A gateway of its own process; see {@link LabGateway}. */
    static Process gateway(List<String> before, String... arguments) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = Stream.of(
                        before.stream(),
                        Stream.of(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"),
                        Stream.of(System.getProperty("java.class.path"), LabGateway.class.getName()),
                        Stream.of(arguments))
                .flatMap(words -> words)
                .toList();
        return start(command.toArray(String[]::new));
    }

    /** Descriptors that this process has open on sound devices. */
    static long openDescriptors() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(SoundLab::leadsToSound).count();
        }
    }

    private static boolean leadsToSound(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).startsWith("/dev/snd");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
