package org.sipmgw.testsupport;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The session descriptions of a {@link VirtualPhone}: one audio line, one video line, one codec each. */
final class PhoneSdp {

    /** Payload type of the video codec in own offers. */
    static final int VIDEO_TYPE = 97;

    private static final int OPUS_TYPE = 96;
    private static final int EVENT_TYPE = 101;

    private PhoneSdp() {}

    /**
     * One media line of the other side.
     *
     * @param target where to send RTP
     * @param payloadType the first payload type of the line
     * @param direction for example {@code sendrecv}
     * @param attributes its {@code a=} lines, without {@code a=}
     */
    record Line(InetSocketAddress target, int payloadType, String direction, List<String> attributes) {
        /** Where to send RTCP. */
        InetSocketAddress reports() {
            boolean mux = attributes.contains("rtcp-mux");
            return mux ? target : new InetSocketAddress(target.getAddress(), target.getPort() + 1);
        }
    }

    static int audioType(PreparedAudio audio) {
        return switch (audio.codec()) {
            case "G722" -> 9;
            case "PCMU" -> 0;
            case "PCMA" -> 8;
            default -> OPUS_TYPE;
        };
    }

    static String offer(PhoneMedia media, int audioPort, int videoPort, String direction, int version) {
        StringBuilder sdp = new StringBuilder();
        line(sdp, "v=0");
        line(sdp, "o=room 4711 " + version + " IN IP4 127.0.0.1");
        line(sdp, "s=-");
        line(sdp, "c=IN IP4 127.0.0.1");
        line(sdp, "t=0 0");
        int audio = audioType(media.audio());
        line(sdp, "m=audio " + audioPort + " RTP/AVP " + audio + " " + EVENT_TYPE);
        String channels = media.audio().codec().equals("opus") ? "/2" : "";
        line(
                sdp,
                "a=rtpmap:" + audio + " " + media.audio().codec() + "/"
                        + media.audio().rtpClockHz() + channels);
        line(sdp, "a=rtpmap:" + EVENT_TYPE + " telephone-event/8000");
        line(sdp, "a=fmtp:" + EVENT_TYPE + " 0-15");
        line(sdp, "a=ptime:20");
        line(sdp, "a=" + direction);
        if (media.pictures()) {
            video(sdp, media, videoPort, direction);
        }
        return sdp.toString();
    }

    /** The description with further attributes of its active lines. */
    static String with(String description, List<String> ofAudio, List<String> ofVideo) {
        // b= stands between the line and its attributes
        return description
                .replaceFirst("(m=audio [1-9][^\\r]*\\r\\n(?:b=[^\\r]*\\r\\n)?)", "$1" + lines(ofAudio))
                .replaceFirst("(m=video [1-9][^\\r]*\\r\\n(?:b=[^\\r]*\\r\\n)?)", "$1" + lines(ofVideo));
    }

    private static String lines(List<String> attributes) {
        StringBuilder lines = new StringBuilder();
        attributes.forEach(attribute -> line(lines, "a=" + attribute));
        return lines.toString();
    }

    private static void video(StringBuilder sdp, PhoneMedia media, int port, String direction) {
        PreparedVideo video = media.video();
        line(sdp, "m=video " + port + " RTP/AVP " + VIDEO_TYPE);
        line(sdp, "b=TIAS:2000000");
        line(sdp, "a=rtpmap:" + VIDEO_TYPE + " " + video.codec() + "/90000");
        if (video.codec().equals("H264")) {
            String profile = video.width() > 720 ? "42e01f" : "42e01e";
            line(
                    sdp,
                    "a=fmtp:" + VIDEO_TYPE + " profile-level-id=" + profile + ";packetization-mode="
                            + video.packetizationMode());
        } else {
            int blocks = (video.width() + 15) / 16 * ((video.height() + 15) / 16);
            line(sdp, "a=fmtp:" + VIDEO_TYPE + " max-fr=30;max-fs=" + blocks);
        }
        feedback(sdp, media);
        line(sdp, "a=" + direction);
    }

    private static void feedback(StringBuilder sdp, PhoneMedia media) {
        if (media.feedback()) {
            line(sdp, "a=rtcp-fb:* nack pli");
            line(sdp, "a=rtcp-fb:* ccm fir");
        }
        if (media.repair()) {
            line(sdp, "a=rtcp-fb:* nack");
            line(sdp, "a=rtcp-fb:* ccm tmmbr");
        }
    }

    /**
     * An answer to an offer of the other side, which names our codecs by its own payload types; a line whose codec we
     * lack is refused.
     */
    static String answer(PhoneMedia media, String offer, int audioPort, int videoPort, int version) {
        StringBuilder sdp = new StringBuilder();
        line(sdp, "v=0");
        line(sdp, "o=room 4711 " + version + " IN IP4 127.0.0.1");
        line(sdp, "s=-");
        line(sdp, "c=IN IP4 127.0.0.1");
        line(sdp, "t=0 0");
        for (String section : sections(offer)) {
            String[] words = section.split("\r?\n")[0].split(" ");
            boolean audio = words[0].equals("audio");
            String codec = audio ? media.audio().codec() : media.video().codec();
            Optional<String> type = typeOf(section, codec, media.video().packetizationMode());
            int port = audio ? audioPort : words[0].equals("video") && media.pictures() ? videoPort : 0;
            if (type.isEmpty() || port == 0) {
                line(sdp, "m=" + words[0] + " 0 " + words[2] + " " + words[3]);
                continue;
            }
            line(sdp, "m=" + words[0] + " " + port + " " + words[2] + " " + type.get());
            copy(sdp, section, "rtpmap:" + type.get() + " ");
            copy(sdp, section, "fmtp:" + type.get() + " ");
            if (words[0].equals("video")) {
                feedback(sdp, media);
            }
            line(sdp, "a=sendrecv");
        }
        return sdp.toString();
    }

    private static void copy(StringBuilder sdp, String section, String prefix) {
        attributes(section).stream().filter(a -> a.startsWith(prefix)).forEach(a -> line(sdp, "a=" + a));
    }

    private static Optional<String> typeOf(String section, String codec, int mode) {
        for (String attribute : attributes(section)) {
            if (attribute.startsWith("rtpmap:")
                    && attribute.toLowerCase(Locale.ROOT).contains(" " + codec.toLowerCase(Locale.ROOT) + "/")) {
                String type = attribute.substring(7, attribute.indexOf(' '));
                boolean mode1 = attributes(section).stream()
                        .anyMatch(a -> a.startsWith("fmtp:" + type + " ") && a.contains("packetization-mode=1"));
                if (!codec.equals("H264") || mode1 == (mode == 1)) {
                    return Optional.of(type);
                }
            }
        }
        return Optional.empty();
    }

    /** The first line of that kind in a description; empty where it is missing or refused. */
    static Optional<Line> read(String sdp, String kind) {
        String address = connection(sdp.split("\nm=")[0]).orElse("127.0.0.1");
        for (String section : sections(sdp)) {
            String[] words = section.split("\r?\n")[0].split(" ");
            if (words[0].equals(kind) && !words[1].equals("0")) {
                List<String> attributes = attributes(section);
                String direction = attributes.stream()
                        .filter(a -> List.of("sendrecv", "sendonly", "recvonly", "inactive")
                                .contains(a))
                        .findFirst()
                        .orElse("sendrecv");
                InetSocketAddress target =
                        new InetSocketAddress(connection(section).orElse(address), Integer.parseInt(words[1]));
                return Optional.of(new Line(target, Integer.parseInt(words[3]), direction, attributes));
            }
        }
        return Optional.empty();
    }

    private static List<String> sections(String sdp) {
        String[] parts = sdp.split("(?m)^m=");
        return List.of(parts).subList(1, parts.length);
    }

    private static Optional<String> connection(String part) {
        for (String line : part.split("\r?\n")) {
            if (line.startsWith("c=IN IP")) {
                return Optional.of(line.split(" ")[2].strip());
            }
        }
        return Optional.empty();
    }

    private static List<String> attributes(String section) {
        List<String> attributes = new ArrayList<>();
        for (String line : section.split("\r?\n")) {
            if (line.startsWith("a=")) {
                attributes.add(line.substring(2).strip());
            }
        }
        return attributes;
    }

    private static void line(StringBuilder sdp, String line) {
        sdp.append(line).append("\r\n");
    }
}
