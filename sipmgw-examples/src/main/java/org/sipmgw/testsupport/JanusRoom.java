package org.sipmgw.testsupport;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A videoroom of Janus.
 *
 * @param number what the page's address names
 * @param audioCodec {@code opus}, {@code g722}, {@code pcmu} or {@code pcma}
 * @param videoCodec {@code vp8} or {@code h264}
 * @param bitrateBps what each publisher may send
 */
public record JanusRoom(long number, String audioCodec, String videoCodec, int bitrateBps) {

    /** A room with Opus and the given video codec, 2 Mb/s. */
    public static JanusRoom of(long number, String videoCodec) {
        return new JanusRoom(number, "opus", videoCodec, 3_000_000);
    }

    Map<String, Object> creation() {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("request", "create");
        request.put("room", number);
        request.put("description", "Room " + number);
        request.put("publishers", 6);
        request.put("bitrate", bitrateBps);
        request.put("bitrate_cap", true);
        request.put("audiocodec", audioCodec);
        request.put("videocodec", videoCodec);
        request.put("h264_profile", "42e01f");
        request.put("notify_joining", true);
        return request;
    }
}
