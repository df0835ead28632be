package org.sipmgw.benchmarks.relay;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** rtpengine without its kernel module, steered by its "ng" protocol. Needs Debian's package rtpengine-daemon. */
final class Rtpengine implements AutoCloseable {
    private static final String CALL = "comparison";

    private final Process process;
    private final DatagramSocket control;
    private final InetSocketAddress address;

    private Rtpengine(Process process, DatagramSocket control, InetSocketAddress address) {
        this.process = process;
        this.control = control;
        this.address = address;
    }

    static Rtpengine start() throws IOException, InterruptedException {
        int port;
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        int first = 40_000 + ThreadLocalRandom.current().nextInt(100) * 100;
        Process process = new ProcessBuilder(
                        "rtpengine",
                        "--foreground",
                        "--log-stderr",
                        "--log-level=3",
                        "--table=-1",
                        "--no-fallback",
                        "--num-threads=2",
                        "--interface=127.0.0.1",
                        "--listen-ng=127.0.0.1:" + port,
                        "--port-min=" + first,
                        "--port-max=" + (first + 99))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        DatagramSocket control = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        control.setSoTimeout(500);
        Rtpengine engine =
                new Rtpengine(process, control, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        for (int i = 0; i < 20; i++) {
            try {
                engine.ask(Map.of("command", "ping"));
                return engine;
            } catch (SocketTimeoutException e) {
                Thread.sleep(200);
            }
        }
        engine.close();
        throw new IOException("rtpengine does not answer; is the package rtpengine-daemon installed?");
    }

    long pid() {
        return process.pid();
    }

    /** The description that the other side is offered. */
    String offer(String sdp, String suite) throws IOException {
        return described(ask(Map.of(
                "command",
                "offer",
                "call-id",
                CALL,
                "from-tag",
                "room",
                "sdp",
                sdp,
                "transport-protocol",
                "RTP/SAVP",
                "ICE",
                "remove",
                "SDES",
                List.of("only-" + suite),
                "rtcp-mux",
                List.of("demux"))));
    }

    /** The description that the room is answered. */
    String answer(String sdp) throws IOException {
        return described(ask(Map.of(
                "command", "answer",
                "call-id", CALL,
                "from-tag", "room",
                "to-tag", "page",
                "sdp", sdp,
                "ICE", "remove")));
    }

    private String ask(Map<String, Object> request) throws IOException {
        String text = "c" + ThreadLocalRandom.current().nextInt(1_000_000) + " " + bencoded(request);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        control.send(new DatagramPacket(bytes, bytes.length, address));
        DatagramPacket answer = new DatagramPacket(new byte[65_536], 65_536);
        control.receive(answer);
        String answered = new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8);
        if (answered.contains("6:result5:error")) {
            throw new IOException(answered);
        }
        return answered;
    }

    private static String described(String answer) {
        int at = answer.indexOf("3:sdp") + 5;
        int colon = answer.indexOf(':', at);
        int length = Integer.parseInt(answer.substring(at, colon));
        return answer.substring(colon + 1, colon + 1 + length);
    }

    private static String bencoded(Object value) {
        StringBuilder text = new StringBuilder();
        if (value instanceof Map<?, ?> map) {
            text.append('d');
            new TreeMap<>(map).forEach((key, one) -> text.append(bencoded(key)).append(bencoded(one)));
            return text.append('e').toString();
        }
        if (value instanceof List<?> list) {
            text.append('l');
            list.forEach(one -> text.append(bencoded(one)));
            return text.append('e').toString();
        }
        String string = String.valueOf(value);
        return text.append(string.getBytes(StandardCharsets.UTF_8).length)
                .append(':')
                .append(string)
                .toString();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        control.close();
    }
}
