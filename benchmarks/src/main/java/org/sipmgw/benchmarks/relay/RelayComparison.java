package org.sipmgw.benchmarks.relay;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.sipmgw.media.srtp.SrtpKeys;
import org.sipmgw.media.srtp.SrtpProfile;
import org.sipmgw.process.ProcessTree;
import org.sipmgw.sdp.SrtpSuite;

/**
 * Processor time of whole processes that forward the same packets to a page under AEAD_AES_128_GCM: the media engine of
 * the gateway, and rtpengine in user space. Prints microseconds for each packet delivered, the median of windows of a
 * second in which nothing was lost, and the ratio. The page's suite is not among the room's, because rtpengine passes on
 * what both sides protect alike without opening it.
 */
public final class RelayComparison {
    private static final List<String> ROOMS = List.of("plain", "AES_CM_128_HMAC_SHA1_80", "AEAD_AES_256_GCM");
    private static final int WARM_UP_MS = 15_000;

    private final int seconds;
    private final int packetsPerSecond;

    private RelayComparison(int seconds, int packetsPerSecond) {
        this.seconds = seconds;
        this.packetsPerSecond = packetsPerSecond;
    }

    /** Arguments: seconds of each measurement (12), packets a second (4000). */
    public static void main(String[] arguments) throws Exception {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 12;
        int rate = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 4000;
        RelayComparison comparison = new RelayComparison(seconds, rate);
        System.out.printf("1200-byte packets, %d a second, to AEAD_AES_128_GCM; us of processor time a packet%n", rate);
        System.out.printf("%-26s %10s %10s %8s%n", "room sends", "gateway", "rtpengine", "ratio");
        for (String suite : ROOMS) {
            double gateway = comparison.gateway(suite);
            double rtpengine = comparison.rtpengine(suite);
            System.out.printf(
                    Locale.ROOT, "%-26s %10.1f %10.1f %8.2f%n", suite, gateway, rtpengine, gateway / rtpengine);
        }
        System.exit(0);
    }

    private double gateway(String suite) throws Exception {
        Process child = null;
        try (Page page = new Page()) {
            // the room's port is not known before its keys are: a placeholder, followed by latching
            child = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElse("java"),
                            "-Xmx256m",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            RelayGateway.class.getName(),
                            suite,
                            "9")
                    .redirectError(new File("/dev/null"))
                    .start();
            Writer out = child.outputWriter(StandardCharsets.UTF_8);
            out.write(Base64.getEncoder().encodeToString(page.offer().getBytes(StandardCharsets.UTF_8)) + "\n");
            out.flush();
            String line = new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            if (line == null) {
                throw new IOException("the gateway's process ended");
            }
            String[] told = line.split(" ");
            if (!page.accept(new String(Base64.getDecoder().decode(told[2]), StandardCharsets.UTF_8))) {
                throw new IOException("the page is not connected");
            }
            long pid = child.pid();
            try (Room room = new Room(keys(suite, told[1]))) {
                return measure(room, Integer.parseInt(told[0]), pid, page::received);
            }
        } finally {
            if (child != null) {
                child.destroy();
            }
        }
    }

    private double rtpengine(String suite) throws Exception {
        String key = suite.equals("plain") ? "-" : Sdp.randomKey(SrtpSuite.valueOf(suite));
        try (Rtpengine engine = Rtpengine.start();
                Room room = new Room(keys(suite, key));
                Receiver receiver = new Receiver()) {
            String toPage = engine.offer(Sdp.of(room.port(), suite, key), "AEAD_AES_128_GCM");
            String pageKey = Sdp.randomKey(SrtpSuite.AEAD_AES_128_GCM);
            receiver.open(Room.keys(SrtpProfile.AEAD_AES_128_GCM, Sdp.key(toPage, "AEAD_AES_128_GCM")));
            String tag = Sdp.tag(toPage, "AEAD_AES_128_GCM");
            String toRoom = engine.answer(Sdp.of(receiver.port(), "AEAD_AES_128_GCM", pageKey, tag));
            return measure(room, Sdp.port(toRoom), engine.pid(), receiver::received);
        }
    }

    private static Optional<SrtpKeys> keys(String suite, String base64) {
        return suite.equals("plain")
                ? Optional.empty()
                : Optional.of(Room.keys(
                        SrtpProfile.of(SrtpSuite.valueOf(suite)),
                        Base64.getDecoder().decode(base64)));
    }

    private double measure(Room room, int port, long pid, LongSupplier delivered) throws Exception {
        room.send(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), packetsPerSecond);
        Thread.sleep(WARM_UP_MS);
        List<Double> windows = new ArrayList<>();
        for (int second = 0; second < seconds; second++) {
            double cpu = ProcessTree.of(pid).cpuSeconds();
            long count = delivered.getAsLong();
            long sent = room.sent();
            Thread.sleep(1000);
            long packets = delivered.getAsLong() - count;
            double used = ProcessTree.of(pid).cpuSeconds() - cpu;
            // a window in which somebody else had the processors says nothing
            if (packets >= (room.sent() - sent) * 0.97) {
                windows.add(used / packets * 1e6);
            }
        }
        if (windows.size() < 3) {
            throw new IOException("packets were lost nearly all the time: the machine is too busy for this rate");
        }
        Collections.sort(windows);
        return windows.get(windows.size() / 2);
    }
}
