package org.sipmgw.media.lab;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.sipmgw.media.rtp.Packet;

/** RTP packets that ffmpeg made, to be sent again and again at no cost. */
public final class PreparedRtp {
    private final List<byte[]> packets;
    private final int clockRateHz;

    private PreparedRtp(List<byte[]> packets, int clockRateHz) {
        this.packets = packets;
        this.clockRateHz = clockRateHz;
    }

    /** H.264 test picture of so many seconds, 30 frames a second, in packetization mode 0 or 1, a key frame a second. */
    public static PreparedRtp h264(int mode, int width, int height, int seconds) throws IOException {
        String x264 = "repeat-headers=1:scenecut=0" + (mode == 0 ? ":slice-max-size=1100" : "");
        return make(
                90_000,
                List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=size=" + width + "x" + height + ":rate=30:duration=" + seconds,
                        "-c:v",
                        "libx264",
                        "-preset",
                        "ultrafast",
                        "-tune",
                        "zerolatency",
                        "-profile:v",
                        "baseline",
                        "-g",
                        "30",
                        "-bf",
                        "0",
                        "-pix_fmt",
                        "yuv420p",
                        "-x264-params",
                        x264,
                        "-f",
                        "rtp",
                        "-rtpflags",
                        mode == 0 ? "h264_mode0" : "0",
                        "-payload_type",
                        "96"));
    }

    /** As above, VP8. */
    public static PreparedRtp vp8(int width, int height, int seconds) throws IOException {
        return make(
                90_000,
                List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=size=" + width + "x" + height + ":rate=30:duration=" + seconds,
                        "-c:v",
                        "libvpx",
                        "-deadline",
                        "realtime",
                        "-cpu-used",
                        "8",
                        "-g",
                        "30",
                        "-b:v",
                        "1M",
                        "-f",
                        "rtp",
                        "-payload_type",
                        "96"));
    }

    /** A tone of 440 Hz. */
    public static PreparedRtp audio(String codec, int seconds) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000:duration=" + seconds));
        switch (codec) {
            case "opus" -> command.addAll(List.of("-c:a", "libopus", "-ac", "2", "-b:a", "64k"));
            case "G722" -> command.addAll(List.of("-c:a", "g722", "-ar", "16000", "-ac", "1"));
            case "PCMU" -> command.addAll(List.of("-c:a", "pcm_mulaw", "-ar", "8000", "-ac", "1"));
            default -> throw new IllegalArgumentException(codec);
        }
        command.addAll(List.of("-f", "rtp", "-payload_type", "97"));
        if (!codec.equals("opus")) {
            command.addAll(List.of("-pkt_size", "172"));
        }
        return make(codec.equals("opus") ? 48_000 : 8_000, command);
    }

    /** Something like a voice in Opus, each packet with a coarse copy of the one before (RFC 6716 section 2.1.7). */
    public static PreparedRtp redundantVoice(int seconds) throws IOException {
        return make(
                48_000,
                List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        "aevalsrc=0.4*sin(2*PI*440*t)*(1+sin(2*PI*4*t)):s=48000:d=" + seconds,
                        "-c:a",
                        "libopus",
                        "-ac",
                        "1",
                        "-b:a",
                        "48k",
                        "-application",
                        "voip",
                        // of the encoder: RTP has an option of that name too
                        "-fec:a",
                        "1",
                        "-packet_loss:a",
                        "20",
                        "-f",
                        "rtp",
                        "-payload_type",
                        "97"));
    }

    private static PreparedRtp make(int clockRateHz, List<String> arguments) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setReceiveBufferSize(8 << 20);
            socket.setSoTimeout(300);
            List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-readrate", "8"));
            command.addAll(arguments);
            String size = arguments.contains("-pkt_size") ? "" : "?pkt_size=1200";
            command.add("rtp://127.0.0.1:" + socket.getLocalPort() + size);
            Process ffmpeg = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            List<byte[]> packets = receive(socket, ffmpeg);
            if (packets.size() < 10) {
                throw new IOException("ffmpeg made " + packets.size() + " packets: " + command);
            }
            return new PreparedRtp(packets, clockRateHz);
        }
    }

    private static List<byte[]> receive(DatagramSocket socket, Process ffmpeg) throws IOException {
        List<byte[]> packets = new ArrayList<>();
        DatagramPacket datagram = new DatagramPacket(new byte[65_536], 65_536);
        while (true) {
            try {
                socket.receive(datagram);
                byte[] bytes = Arrays.copyOf(datagram.getData(), datagram.getLength());
                int type = bytes[1] & 0xFF;
                if (type < 192 || type > 223) {
                    packets.add(bytes);
                }
            } catch (SocketTimeoutException e) {
                if (!ffmpeg.isAlive()) {
                    return packets;
                }
            }
        }
    }

    /** Where packets go. */
    @FunctionalInterface
    public interface Output {
        /** Takes a packet that is its own. */
        void send(byte[] packet) throws IOException;
    }

    /** The packets as they were made. */
    public List<byte[]> packets() {
        return packets;
    }

    /** Sends for so long in real time, starting over at the end with sequence and timestamp going on. */
    public Player play(int ssrc, int payloadType, Output output) {
        Player player = new Player(ssrc, payloadType, output);
        player.thread.start();
        return player;
    }

    /** A stream that is being sent. */
    public final class Player implements AutoCloseable {
        private final Thread thread = new Thread(this::run, "prepared-rtp");
        private final Output output;
        private final int payloadType;
        private final Queue<Runnable> changes = new ConcurrentLinkedQueue<>();
        private volatile boolean ended;
        private int ssrc;
        private int sequence = 65_000;
        private int timestampBase = 0xFFFF_0000;
        private boolean jumpToStart;

        private Player(int ssrc, int payloadType, Output output) {
            this.ssrc = ssrc;
            this.payloadType = payloadType;
            this.output = output;
            thread.setDaemon(true);
        }

        /** Goes on as another stream: other SSRC, sequence and timestamp. */
        public void becomeStream(int newSsrc) {
            changes.add(() -> {
                sequence = 17;
                timestampBase += 987_654_321;
                ssrc = newSsrc;
            });
        }

        /** Goes back to the first packet, a key frame, at once. */
        public void restart() {
            changes.add(() -> jumpToStart = true);
        }

        /** Adds to all timestamps from now on. */
        public void jumpTimestamp(int ticks) {
            changes.add(() -> timestampBase += ticks);
        }

        private void run() {
            try {
                long startNs = System.nanoTime();
                long elapsedTicks = 0;
                int first = timestamp(packets.get(0));
                while (!ended) {
                    int previous = first;
                    for (byte[] prepared : packets) {
                        changes.forEach(Runnable::run);
                        changes.clear();
                        if (ended || jumpToStart) {
                            break;
                        }
                        elapsedTicks += timestamp(prepared) - previous;
                        previous = timestamp(prepared);
                        waitUntil(startNs + elapsedTicks * 1_000_000_000L / clockRateHz);
                        send(prepared, (int) elapsedTicks);
                    }
                    jumpToStart = false;
                    elapsedTicks += clockRateHz == 90_000 ? 3000 : clockRateHz / 50;
                }
            } catch (IOException | InterruptedException e) {
                ended = true;
            }
        }

        private void send(byte[] prepared, int elapsedTicks) throws IOException {
            Packet packet = new Packet(prepared.clone()).view(0, prepared.length);
            packet.ssrc(ssrc);
            packet.payloadType(payloadType);
            packet.sequence(sequence);
            sequence = (sequence + 1) & 0xFFFF;
            packet.timestamp(timestampBase + elapsedTicks);
            output.send(packet.buffer());
        }

        private static int timestamp(byte[] packet) {
            return new Packet(packet).view(0, packet.length).timestamp();
        }

        private void waitUntil(long ns) throws InterruptedException {
            long left = ns - System.nanoTime();
            if (left > 0) {
                TimeUnit.NANOSECONDS.sleep(left);
            }
        }

        @Override
        public void close() {
            ended = true;
            thread.interrupt();
            try {
                thread.join(1000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
