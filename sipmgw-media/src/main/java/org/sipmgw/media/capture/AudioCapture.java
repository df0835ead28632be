package org.sipmgw.media.capture;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.sipmgw.media.gst.GstRuntime;
import org.sipmgw.media.gst.MediaPipeline;
import org.sipmgw.media.gst.PacketOutput;
import org.sipmgw.spi.SpeakerPort;

/** One speaker's monitor to one audio stream. A thread takes the packets out, numbers them and gives them away. */
final class AudioCapture implements AutoCloseable {

    private static final long PULL_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long RELEASE_MS = 2_000;
    private static final long JOIN_MS = 5_000;
    private static final long SILENT_NS = TimeUnit.SECONDS.toNanos(2);

    /**
     * A null sink to which nobody plays renders two seconds at a time, and a new recorder gets its first sound when that
     * time is over; nothing is lost, since nothing was played.
     */
    private static final long FIRST_PACKET_NS = TimeUnit.SECONDS.toNanos(5);

    private final OutgoingStream stream;
    private final Consumer<String> onFault;
    private final int patience;
    private final AudioEncoding encoding;
    private final MediaPipeline pipeline;
    private final PacketOutput output;
    private final StreamCounters counters = new StreamCounters();
    private final CaptureThread sending;
    private final long startNs;

    AudioCapture(
            OutgoingStream stream, SpeakerPort speaker, int patience, AtomicInteger live, Consumer<String> onFault) {
        this.stream = stream;
        this.onFault = onFault;
        this.patience = patience;
        encoding = new AudioEncoding(stream.negotiated());
        pipeline = GstRuntime.load().pipeline(encoding.description(), encoding.elements(), live, onFault);
        try {
            pipeline.set(AudioEncoding.SOUND, "server", speaker.server());
            pipeline.set(AudioEncoding.SOUND, "device", speaker.monitor());
            output = pipeline.output(AudioEncoding.PACKETS);
            startNs = pipeline.start();
        } catch (RuntimeException e) {
            pipeline.close();
            throw e;
        }
        sending = new CaptureThread("capture-audio", this::send, onFault);
        sending.start();
    }

    void loss(int percent) {
        if (encoding.repairs()) {
            pipeline.set(AudioEncoding.ENCODER, "packet-loss-percentage", encoding.lossPercent(percent));
        }
    }

    CaptureStatistics statistics() {
        return counters.snapshot(0, 0);
    }

    /**
     * A sound server that hangs holds GStreamer back for up to 30 s; then the rest is freed when the server has gone, and
     * counts as living until then.
     */
    @Override
    public void close() {
        sending.end();
        CaptureThread release = new CaptureThread("release-audio", self -> release(), onFault);
        release.start();
        release.join(RELEASE_MS);
    }

    private void release() {
        pipeline.stop();
        if (sending.join(JOIN_MS)) {
            pipeline.close();
        }
    }

    private void send(CaptureThread self) {
        byte[] packet = new byte[2048];
        AudioTimestamps timestamps =
                new AudioTimestamps(encoding.packetTicks(), stream.numbering().clockRateHz());
        long packetNs = startNs;
        while (self.running()) {
            int length = output.pull(packet, PULL_NS);
            long nowNs = System.nanoTime();
            if (length > PacketOutput.NOTHING) {
                packetNs = nowNs;
                give(packet, length, startNs + output.ptsNs(), timestamps);
            } else if (length == PacketOutput.TOO_LARGE) {
                counters.dropped.incrementAndGet();
            }
            // a monitor always plays, silence too: when nothing comes the sound server is gone or hangs
            if (nowNs - packetNs > (packetNs == startNs ? FIRST_PACKET_NS : SILENT_NS) * patience) {
                onFault.accept("the speaker gives no sound");
                return;
            }
        }
    }

    private void give(byte[] packet, int length, long capturedNs, AudioTimestamps timestamps) {
        RtpNumbering numbering = stream.numbering();
        int timestamp = timestamps.next(numbering.timestampAt(capturedNs));
        if (timestamps.jumped()) {
            numbering.tie(timestamp, capturedNs);
        } else {
            numbering.follow(timestamp, capturedNs);
        }
        packet[1] = (byte) (timestamps.jumped() ? 0x80 : 0);
        numbering.write(packet, stream.negotiated().codec().payloadType(), timestamp);
        stream.sink().packet(packet, 0, length);
        counters.packet(length);
    }
}
