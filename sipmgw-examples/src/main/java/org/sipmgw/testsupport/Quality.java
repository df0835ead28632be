package org.sipmgw.testsupport;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Figures from what was received: frame rate, freezes, latency, lip-sync. */
public final class Quality {

    /** A picture that stands for longer than this is a freeze. */
    public static final long FREEZE_MS = 250;

    private static final long LOOP_NS = PreparedVideo.LOOP_SECONDS * 1_000_000_000L;

    private Quality() {}

    /** Pictures of the other side per second, each counted once however often it came. */
    public static double framesPerSecond(List<ReceivedVideo.Picture> pictures) {
        List<ReceivedVideo.Picture> fresh = fresh(pictures);
        if (fresh.size() < 2) {
            return 0;
        }
        long span = fresh.get(fresh.size() - 1).arrivalNs() - fresh.get(0).arrivalNs();
        return span <= 0 ? 0 : (fresh.size() - 1) * 1e9 / span;
    }

    /** How often the picture of the other side stood still for more than {@link #FREEZE_MS}. */
    public static int freezes(List<ReceivedVideo.Picture> pictures) {
        List<ReceivedVideo.Picture> fresh = fresh(pictures);
        int freezes = 0;
        for (int i = 1; i < fresh.size(); i++) {
            freezes += fresh.get(i).arrivalNs() - fresh.get(i - 1).arrivalNs() > FREEZE_MS * 1_000_000 ? 1 : 0;
        }
        return freezes;
    }

    /** The pictures whose frame number is not that of the picture before. */
    public static List<ReceivedVideo.Picture> fresh(List<ReceivedVideo.Picture> pictures) {
        List<ReceivedVideo.Picture> fresh = new ArrayList<>();
        long last = -1;
        for (ReceivedVideo.Picture picture : pictures) {
            if (picture.reading().isPresent() && picture.reading().get().frame() != last) {
                last = picture.reading().get().frame();
                fresh.add(picture);
            }
        }
        return fresh;
    }

    /** Milliseconds from sending to arrival of each fresh picture. */
    public static double[] latenciesMs(List<ReceivedVideo.Picture> pictures, SentFrames sent) {
        return fresh(pictures).stream()
                .map(p -> latencyNs(p, sent))
                .filter(OptionalLong::isPresent)
                .mapToDouble(ns -> ns.getAsLong() / 1e6)
                .sorted()
                .toArray();
    }

    private static OptionalLong latencyNs(ReceivedVideo.Picture picture, SentFrames sent) {
        OptionalLong at = sent.before(picture.reading().orElseThrow().frame(), picture.arrivalNs());
        return at.isPresent() ? OptionalLong.of(picture.arrivalNs() - at.getAsLong()) : at;
    }

    /** The {@code share} quantile (0 to 1) of sorted values. */
    public static OptionalDouble quantile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))]);
    }

    /**
     * Sound against picture at the receiver, median over all beeps: positive when the sound comes later. Compares the
     * arrival of each beep's onset with the arrival of the frame that was sent with it.
     */
    public static OptionalDouble skewMs(
            List<ReceivedVideo.Picture> pictures, List<ToneReader.Beep> beeps, int frameRate) {
        List<ReceivedVideo.Picture> fresh = fresh(pictures);
        double[] skews = beeps.stream()
                .map(beep -> skewNs(beep, fresh, frameRate))
                .filter(OptionalLong::isPresent)
                .mapToDouble(ns -> ns.getAsLong() / 1e6)
                .sorted()
                .toArray();
        return skews.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        Arrays.stream(skews).skip(skews.length / 2).findFirst().orElseThrow());
    }

    private static OptionalLong skewNs(ToneReader.Beep beep, List<ReceivedVideo.Picture> fresh, int frameRate) {
        long best = Long.MAX_VALUE;
        for (ReceivedVideo.Picture picture : fresh) {
            long frame = picture.reading().orElseThrow().frame();
            long offset = frame - (long) beep.index() * frameRate;
            if (offset >= 0 && offset < frameRate / 3) {
                long shown = picture.arrivalNs() - offset * 1_000_000_000L / frameRate;
                long skew = beep.onsetNs() - shown;
                if (Math.abs(skew) < LOOP_NS / 2 && Math.abs(skew) < Math.abs(best)) {
                    best = skew;
                }
            }
        }
        return best == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(best);
    }
}
