package org.sipmgw.media;

import java.util.Random;
import org.sipmgw.media.capture.RtpNumbering;
import org.sipmgw.sdp.MediaKind;

/** What the gateway sends of one kind: its numbers outlive captures, its SSRC lasts as long as its clock rate. */
final class OutgoingTrack implements Outgoing {
    private static final double FORGETTING = 0.75;

    private final MediaKind kind;
    private final RoomSink sink;
    private final Random random;
    private volatile RtpNumbering numbering;
    private volatile Control control = new Control() {};
    private volatile long lost;
    private volatile int jitter;
    private volatile double soundLoss;

    /** Who makes what is sent. */
    interface Control {
        /** Makes a key frame. */
        default void requestKeyFrame() {}

        /** Keeps to this. */
        default void bitrate(int bitrateBps) {}

        /** Makes sound that survives such a loss, percent. */
        default void soundLoss(int percent) {}
    }

    OutgoingTrack(MediaKind kind, RoomSink sink, Random random) {
        this.kind = kind;
        this.sink = sink;
        this.random = random;
        this.numbering = numbering(kind == MediaKind.VIDEO ? 90_000 : 48_000);
    }

    void control(Control newControl) {
        control = newControl;
    }

    /** The numbering of a stream with this clock rate; another rate is another stream. */
    RtpNumbering numberingFor(int clockRateHz) {
        if (numbering.clockRateHz() != clockRateHz) {
            numbering = numbering(clockRateHz);
        }
        return numbering;
    }

    private RtpNumbering numbering(int clockRateHz) {
        return new RtpNumbering(random.nextInt(), clockRateHz, random.nextInt(0x8000), random.nextInt());
    }

    RoomSink sink() {
        return sink;
    }

    /** Missing, as the room reports. */
    long lost() {
        return lost;
    }

    /** Jitter as the room reports. */
    double jitterMs() {
        return jitter * 1000.0 / numbering.clockRateHz();
    }

    @Override
    public int ssrc() {
        return numbering.ssrc();
    }

    @Override
    public int lastSequence() {
        return numbering.lastSequence();
    }

    @Override
    public int timestampAt(long nowNs) {
        return numbering.timestampAt(nowNs);
    }

    @Override
    public long packets() {
        return sink.packets();
    }

    @Override
    public long octets() {
        return sink.octets();
    }

    @Override
    public void reported(int fractionLost, int newLost, int newJitter) {
        lost = newLost;
        jitter = newJitter;
        if (kind == MediaKind.AUDIO) {
            // a report tells of few packets: without loss in one, there is still loss
            soundLoss = Math.max(fractionLost * 100 / 256.0, soundLoss * FORGETTING);
            control.soundLoss((int) Math.round(soundLoss));
        }
    }

    @Override
    public void keyFrameWanted() {
        if (kind == MediaKind.VIDEO) {
            control.requestKeyFrame();
        }
    }

    @Override
    public void bitrateWanted(int bitrateBps) {
        if (kind == MediaKind.VIDEO) {
            control.bitrate(bitrateBps);
        }
    }
}
