package org.sipmgw.examples;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sipmgw.testsupport.JanusParticipant;

/**
 * What was read at one moment of a demo.
 *
 * @param load of the gateway
 * @param toConferenceBytes video bytes that the other participant has received
 * @param toRoomBytes video bytes that the room system has received
 */
record DemoSample(Load.Reading load, long toConferenceBytes, long toRoomBytes) {

    private static final List<String> PARTS = List.of("total", "jvm", "browser", "display", "sound");

    static DemoSample take(Load load, RoomSystem room, JanusParticipant other) {
        return new DemoSample(load.read(), other.video().bytes(), room.video().bytes());
    }

    /** Kilobits per second since an earlier sample, to the conference and to the room. */
    double[] kilobits(DemoSample earlier) {
        double seconds = (load.atNs() - earlier.load.atNs()) / 1e9;
        return new double[] {
            (toConferenceBytes - earlier.toConferenceBytes) * 8 / 1000.0 / seconds,
            (toRoomBytes - earlier.toRoomBytes) * 8 / 1000.0 / seconds
        };
    }

    String line(long second, DemoSample earlier) {
        double[] rates = kilobits(earlier);
        return String.format(
                Locale.ROOT,
                "%3d s in the conference: room -> conference %4.0f kb/s, conference -> room %4.0f kb/s, gateway %.2f"
                        + " cores",
                second,
                rates[0],
                rates[1],
                load.coresSince(earlier.load).get("total"));
    }

    /** Busy cores from the first sample to the last, by part. */
    static Map<String, Object> cores(List<DemoSample> samples) {
        Map<String, Double> all = samples.get(samples.size() - 1).load.coresSince(samples.get(0).load);
        Map<String, Object> cores = new LinkedHashMap<>();
        PARTS.forEach(part -> cores.put(part, DemoDirection.rounded(all.getOrDefault(part, 0.0))));
        return cores;
    }

    /** Memory at the end, by part. */
    static Map<String, Object> memory(List<DemoSample> samples) {
        Map<String, Double> all = samples.get(samples.size() - 1).load.memoryMb();
        Map<String, Object> memory = new LinkedHashMap<>();
        PARTS.forEach(part -> memory.put(part, Math.round(all.getOrDefault(part, 0.0))));
        return memory;
    }
}
