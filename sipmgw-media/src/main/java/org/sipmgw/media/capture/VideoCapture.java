package org.sipmgw.media.capture;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sipmgw.media.gst.FrameInput;
import org.sipmgw.media.gst.GstRuntime;
import org.sipmgw.media.gst.MediaPipeline;
import org.sipmgw.media.gst.PacketOutput;
import org.sipmgw.sdp.VideoLimits;
import org.sipmgw.spi.DisplayPort;

/**
 * One display to one video stream. One thread grabs, compares and hands frames to the pipeline; another takes the
 * packets out, numbers them and gives them away.
 */
final class VideoCapture implements AutoCloseable {

    private static final long JOIN_MS = 5_000;
    private static final long PULL_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long STALL_NS = TimeUnit.SECONDS.toNanos(2);

    private final OutgoingStream stream;
    private final Consumer<String> onFault;
    private final long stallNs;
    private final GrabbedFrames frames;
    private final VideoEncoding encoding;
    private final MediaPipeline pipeline;
    private final FrameInput input;
    private final PacketOutput output;
    private final KeyFrameDetector detector;
    private final StreamCounters counters = new StreamCounters();
    private final AtomicReference<@Nullable VideoLimits> newLimits = new AtomicReference<>();
    private final CaptureThread grabbing;
    private final CaptureThread sending;
    private final long startNs;
    private final KeyFrameLimiter keyFrames;
    private volatile VideoLimits limits;
    private volatile PictureSize size;
    private volatile int askedBps = Integer.MAX_VALUE;
    private volatile long aliveNs;
    private volatile long pushedNs;

    VideoCapture(
            OutgoingStream stream,
            DisplayPort display,
            CaptureSettings settings,
            AtomicInteger live,
            Consumer<String> onFault) {
        this.stream = stream;
        this.onFault = onFault;
        this.stallNs = STALL_NS * settings.patience();
        limits = stream.negotiated().sendLimits().orElse(CaptureSettings.UNSTATED_LIMITS);
        frames = new GrabbedFrames(display, live);
        MediaPipeline opened = null;
        try {
            encoding = new VideoEncoding(stream.negotiated().codec(), settings, frames.width(), frames.height());
            size = encoding.size(limits);
            detector = encoding.h264() ? KeyFrameDetector.H264 : KeyFrameDetector.VP8;
            opened = GstRuntime.load().pipeline(encoding.description(limits), encoding.elements(), live, onFault);
            input = opened.input(VideoEncoding.FRAMES);
            output = opened.output(VideoEncoding.PACKETS);
            startNs = opened.start();
        } catch (RuntimeException e) {
            if (opened != null) {
                opened.close();
            }
            frames.close();
            throw e;
        }
        pipeline = opened;
        keyFrames = new KeyFrameLimiter(startNs);
        aliveNs = startNs;
        grabbing = new CaptureThread("capture-grab", this::grab, onFault);
        sending = new CaptureThread("capture-video", this::send, onFault);
        grabbing.start();
        sending.start();
    }

    void requestKeyFrame() {
        keyFrames.request();
    }

    void bitrate(int bitrateBps) {
        askedBps = bitrateBps;
        int bounded = Math.min(bitrateBps, limits.maxBitrateBps());
        pipeline.set(VideoEncoding.ENCODER, encoding.bitrateProperty(), encoding.bitrateValue(bounded));
    }

    /** Applied before the next frame. */
    void limits(VideoLimits wanted) {
        newLimits.set(wanted);
    }

    CaptureStatistics statistics() {
        PictureSize now = size;
        return counters.snapshot(now.width(), now.height());
    }

    @Override
    public void close() {
        grabbing.end();
        sending.end();
        frames.interrupt();
        pipeline.stop();
        if (grabbing.join(JOIN_MS) && sending.join(JOIN_MS)) {
            pipeline.close();
            frames.close();
        }
    }

    private void grab(CaptureThread self) {
        FramePacer pacer = new FramePacer(encoding.frameRate(limits), startNs);
        RepeatRule rule = new RepeatRule();
        while (self.running()) {
            pacer.await();
            applyNewLimits(pacer);
            long nowNs = System.nanoTime();
            int slot = frames.grab();
            if (slot == GrabbedFrames.DISPLAY_GONE) {
                if (self.running()) {
                    onFault.accept("the display is gone");
                }
                return;
            }
            aliveNs = nowNs;
            if (slot == GrabbedFrames.NO_SLOT_FREE) {
                counters.dropped.incrementAndGet();
            } else {
                offer(slot, rule, nowNs, pacer.intervalNs());
            }
            counters.dropped.addAndGet(pacer.advance(System.nanoTime()));
        }
    }

    private void offer(int slot, RepeatRule rule, long nowNs, long intervalNs) {
        boolean keyFrame = keyFrames.due(nowNs);
        if (!rule.passes(frames.sameAsBefore(slot), keyFrame, nowNs)) {
            counters.repeated.incrementAndGet();
            return;
        }
        if (keyFrame) {
            pipeline.forceKeyFrame(VideoEncoding.ENCODER);
        }
        frames.push(slot, input, nowNs - startNs, intervalNs);
        pushedNs = nowNs;
    }

    private void applyNewLimits(FramePacer pacer) {
        VideoLimits wanted = newLimits.get();
        if (wanted == null || !newLimits.compareAndSet(wanted, null)) {
            return;
        }
        VideoLimits before = limits;
        PictureSize wantedSize = encoding.size(wanted);
        limits = wanted;
        int bounded = Math.min(askedBps, wanted.maxBitrateBps());
        pipeline.set(VideoEncoding.ENCODER, encoding.bitrateProperty(), encoding.bitrateValue(bounded));
        if (!wantedSize.equals(size)) {
            pipeline.caps(VideoEncoding.SIZE, encoding.sizeCaps(wantedSize));
            size = wantedSize;
        }
        int frameRate = encoding.frameRate(wanted);
        if (frameRate != encoding.frameRate(before)) {
            pipeline.caps(VideoEncoding.FRAMES, encoding.sourceCaps(frameRate));
            pacer.rate(frameRate);
        }
    }

    private void send(CaptureThread self) {
        byte[] packet = new byte[2048];
        int startTimestamp = stream.numbering().timestampAt(startNs);
        int payloadType = stream.negotiated().codec().payloadType();
        int keyFrameTimestamp = startTimestamp - 1;
        long packetNs = startNs;
        while (self.running()) {
            int length = output.pull(packet, PULL_NS);
            if (length > PacketOutput.NOTHING) {
                packetNs = System.nanoTime();
                // the payloader counts from the pipeline's start, whatever the encoder does to its own time stamps
                int timestamp = startTimestamp + timestamp(packet);
                if (timestamp != keyFrameTimestamp && detector.keyFrame(packet, length)) {
                    keyFrameTimestamp = timestamp;
                    counters.keyFrames.incrementAndGet();
                }
                give(packet, length, payloadType, timestamp);
            } else if (length == PacketOutput.TOO_LARGE) {
                counters.dropped.incrementAndGet();
            }
            if (stalled(packetNs, System.nanoTime())) {
                onFault.accept("the display or the encoder gives no picture");
                return;
            }
        }
    }

    private void give(byte[] packet, int length, int payloadType, int timestamp) {
        boolean lastOfFrame = packet[1] < 0;
        stream.numbering().write(packet, payloadType, timestamp);
        stream.sink().packet(packet, 0, length);
        counters.packet(length);
        if (lastOfFrame) {
            counters.frames.incrementAndGet();
        }
    }

    private boolean stalled(long packetNs, long nowNs) {
        boolean encoderStalled = pushedNs - packetNs > stallNs;
        return encoderStalled || nowNs - aliveNs > stallNs;
    }

    private static int timestamp(byte[] packet) {
        return packet[4] << 24 | (packet[5] & 0xff) << 16 | (packet[6] & 0xff) << 8 | (packet[7] & 0xff);
    }
}
