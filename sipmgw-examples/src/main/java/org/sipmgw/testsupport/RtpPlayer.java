package org.sipmgw.testsupport;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Plays prepared sound and picture in step, in a loop of eight seconds: frame 0 and beep 0 leave at the same moment.
 * Sequence numbers begin shortly before their wrap. Everything may be changed while it plays.
 */
final class RtpPlayer implements AutoCloseable {

    private static final int FIRST_SEQUENCE = 65_300;
    private static final long REPORT_NS = 1_000_000_000L;

    /** Takes what is played. */
    interface Output {
        void packet(boolean video, byte[] packet);

        void report(boolean video, byte[] packet);
    }

    /** One of the two streams: what identifies it and how far it is. */
    private static final class Stream {
        private int payloadType;
        private int clockHz;
        private volatile int ssrc;
        private int sequence = FIRST_SEQUENCE;
        private final int firstTimestamp = ThreadLocalRandom.current().nextInt();
        private int timestamp = firstTimestamp;
        private volatile int timestampJump;
        private long packets;
        private long bytes;

        Stream(int payloadType, int clockHz, int ssrc) {
            this.payloadType = payloadType;
            this.clockHz = clockHz;
            this.ssrc = ssrc;
        }
    }

    private final Output output;
    private final PreparedAudio audio;
    private final Stream audioStream;
    private final Stream videoStream;
    private final SentFrames sent = new SentFrames();
    private final Thread thread;
    private final String name;
    private volatile PreparedVideo video;
    private volatile boolean playing = true;
    private volatile boolean closed;
    private volatile Function<byte[], List<byte[]>> videoPath = List::of;

    RtpPlayer(String name, PreparedAudio audio, int audioType, PreparedVideo video, int videoType, Output output) {
        this(
                name,
                audio,
                audioType,
                video,
                videoType,
                output,
                ThreadLocalRandom.current().nextInt());
    }

    /** With sources {@code ssrc} for sound and {@code ssrc + 10} for the picture. */
    RtpPlayer(
            String name,
            PreparedAudio audio,
            int audioType,
            PreparedVideo video,
            int videoType,
            Output output,
            int ssrc) {
        this.name = name;
        this.audio = audio;
        this.video = video;
        this.output = output;
        this.audioStream = new Stream(audioType, audio.rtpClockHz(), ssrc);
        this.videoStream = new Stream(videoType, 90_000, ssrc + 10);
        this.thread = new Thread(this::play, name + "-player");
        thread.setDaemon(true);
        thread.start();
    }

    /** When frames were sent. */
    SentFrames sent() {
        return sent;
    }

    /** Stops (hold) or goes on. */
    void playing(boolean on) {
        playing = on;
    }

    /** What becomes of each picture packet on its way: lost, doubled, kept for later. */
    void videoPath(Function<byte[], List<byte[]>> path) {
        videoPath = path;
    }

    /** Goes on with another picture. */
    void video(PreparedVideo next) {
        video = next;
    }

    /** Goes on as another source. */
    void changeVideoSsrc() {
        videoStream.ssrc = ThreadLocalRandom.current().nextInt();
    }

    /** Lets the timestamps of the picture jump. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // only the test's own thread calls this
    void jumpVideoTimestamp(int ticks) {
        videoStream.timestampJump += ticks;
    }

    int videoSsrc() {
        return videoStream.ssrc;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(2000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void play() {
        long start = System.nanoTime();
        long frames = 0;
        long packets = 0;
        long nextReport = start;
        while (!closed) {
            long frameNs = start + frames * 1_000_000_000L / video.frameRate();
            long packetNs = start + packets * PreparedAudio.PACKET_MS * 1_000_000L;
            long due = Math.min(frameNs, packetNs);
            long wait = due - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
                continue;
            }
            if (due == frameNs) {
                playFrame(frames++, frameNs - start);
            } else {
                playSound(packets++, packetNs - start);
            }
            if (due >= nextReport) {
                nextReport += REPORT_NS;
                report(start);
            }
        }
    }

    private void playFrame(long number, long sinceStartNs) {
        PreparedVideo now = video;
        long index = number % now.frames().size();
        Stream s = videoStream;
        s.timestamp = s.firstTimestamp + s.timestampJump + (int) (sinceStartNs * 9 / 100_000);
        if (!playing) {
            return;
        }
        List<byte[]> payloads = now.frames().get((int) index).payloads();
        sent.sent(index, System.nanoTime());
        for (int i = 0; i < payloads.size(); i++) {
            byte[] packet = next(s, i == payloads.size() - 1, payloads.get(i));
            videoPath.apply(packet).forEach(p -> output.packet(true, p));
        }
    }

    private void playSound(long number, long sinceStartNs) {
        Stream s = audioStream;
        s.timestamp = s.firstTimestamp + (int) (sinceStartNs / 1000 * s.clockHz / 1_000_000);
        if (playing) {
            byte[] payload =
                    audio.payloads().get((int) (number % audio.payloads().size()));
            output.packet(false, next(s, number == 0, payload));
        }
    }

    private static byte[] next(Stream s, boolean marker, byte[] payload) {
        s.packets++;
        s.bytes += payload.length;
        return RtpPacket.of(s.payloadType, marker, s.sequence++ & 0xFFFF, s.timestamp, s.ssrc, payload);
    }

    private void report(long start) {
        long now = System.nanoTime();
        long unixNs = System.currentTimeMillis() * 1_000_000;
        for (Stream s : List.of(audioStream, videoStream)) {
            int timestamp = s.firstTimestamp + s.timestampJump + (int) ((now - start) / 1000 * s.clockHz / 1_000_000);
            output.report(
                    s == videoStream,
                    Rtcp.senderReport(s.ssrc, unixNs, timestamp, s.packets, s.bytes, name + "@sipmgw.test"));
        }
    }
}
