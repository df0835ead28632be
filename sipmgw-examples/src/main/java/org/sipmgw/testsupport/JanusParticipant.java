package org.sipmgw.testsupport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A second participant of a videoroom, without a browser: publishes prepared sound and picture as plain RTP (Janus's
 * remote publishers) and records what Janus forwards of another participant. It costs next to nothing. Thread-safe.
 */
public final class JanusParticipant implements AutoCloseable {

    /** Payload type of its sound. */
    private static final int AUDIO_TYPE = 111;

    /** Payload type of its picture. */
    private static final int VIDEO_TYPE = 96;

    /** What Janus expects of the media line 0 of a remote publisher; line 1 is ten more. */
    private static final int FIRST_SSRC = 1000;

    private static final long POLL_MS = 100;
    private static final int OWN_SSRC = 0x53504d47;

    private final JanusApi api;
    private final JanusRoom room;
    private final long id;
    private final RtpPort outgoing;
    private final RtpPort audio;
    private final RtpPort video;
    private final RtpPlayer player;
    private final Set<Long> watched = ConcurrentHashMap.newKeySet();

    private JanusParticipant(
            JanusApi api, JanusRoom room, Map<String, Object> added, PreparedAudio sound, PreparedVideo picture)
            throws IOException {
        this.api = api;
        this.room = room;
        this.id = number(added, "id");
        this.outgoing = RtpPort.open("participant-out");
        this.audio = RtpPort.open("participant-audio");
        this.video = RtpPort.open("participant-video");
        InetSocketAddress rtp = new InetSocketAddress("127.0.0.1", (int) number(added, "port"));
        this.player = new RtpPlayer(
                "participant", sound, AUDIO_TYPE, picture, VIDEO_TYPE, new ToJanus(outgoing, rtp), FIRST_SSRC);
    }

    /** Janus makes its reports itself. */
    private record ToJanus(RtpPort port, InetSocketAddress target) implements RtpPlayer.Output {
        @Override
        public void packet(boolean video, byte[] packet) {
            port.send(packet, target);
        }

        @Override
        public void report(boolean video, byte[] packet) {
            port.send(packet, target);
        }
    }

    /** Joins and publishes. */
    public static JanusParticipant join(
            JanusServer janus, JanusRoom room, String name, PreparedAudio sound, PreparedVideo picture)
            throws IOException {
        JanusApi api = JanusApi.attach(janus.api());
        try {
            Map<String, Object> added = api.plugin(Map.of(
                    "request",
                    "add_remote_publisher",
                    "room",
                    room.number(),
                    "display",
                    name,
                    "iface",
                    "127.0.0.1",
                    "streams",
                    List.of(
                            Map.of("type", "audio", "mindex", 0, "mid", "0", "codec", room.audioCodec()),
                            Map.of(
                                    "type", "video",
                                    "mindex", 1,
                                    "mid", "1",
                                    "codec", room.videoCodec(),
                                    "h264-profile", "42e01f"))));
            return new JanusParticipant(api, room, added, sound, picture);
        } catch (IOException | RuntimeException e) {
            api.close();
            throw e;
        }
    }

    /**
     * Waits until somebody of that name publishes, then records what they send. Called again, it waits for another
     * publisher of that name: one who came back after a crash, while the conference still lists the dead one.
     */
    public void watch(String name, long timeoutMs) throws IOException {
        long end = System.nanoTime() + timeoutMs * 1_000_000;
        while (true) {
            for (Object entry : listed()) {
                Map<String, Object> other = JanusApi.map(entry);
                if (name.equals(other.get("display"))
                        && Boolean.TRUE.equals(other.get("publisher"))
                        && watched.add(number(other, "id"))) {
                    forward(number(other, "id"));
                    return;
                }
            }
            if (System.nanoTime() > end) {
                throw new IOException(name + " does not publish in room " + room.number());
            }
            Program.pause(POLL_MS);
        }
    }

    private @Nullable Object participants() throws IOException {
        return api.plugin(Map.of("request", "listparticipants", "room", room.number()))
                .get("participants");
    }

    private List<?> listed() throws IOException {
        return participants() instanceof List<?> list ? list : List.of();
    }

    private void forward(long publisher) throws IOException {
        api.plugin(Map.of(
                "request",
                "rtp_forward",
                "room",
                room.number(),
                "publisher_id",
                publisher,
                "host",
                "127.0.0.1",
                "host_family",
                "ipv4",
                "streams",
                List.of(
                        Map.of("mid", "0", "port", audio.port()),
                        Map.of("mid", "1", "port", video.port(), "rtcp_port", video.port() + 1))));
    }

    /** The sound that arrived. */
    public RtpRecording audio() {
        return audio.recording();
    }

    /** The picture that arrived. */
    public RtpRecording video() {
        return video.recording();
    }

    /** When its frames were sent. */
    public SentFrames sent() {
        return player.sent();
    }

    /** Asks the watched one for a key frame. */
    public void requestKeyFrame() {
        int media = video.recording().packets().isEmpty()
                ? 0
                : video.recording().packets().get(0).ssrc();
        video.sendReport(Rtcp.pli(OWN_SSRC, media, "participant@sipmgw.test"), video.lastReportSource());
    }

    @Override
    public void close() {
        player.close();
        try {
            api.plugin(Map.of("request", "remove_remote_publisher", "room", room.number(), "id", id));
        } catch (IOException e) {
            System.getLogger(JanusParticipant.class.getName())
                    .log(System.Logger.Level.DEBUG, "Janus does not answer any more", e);
        }
        api.close();
        outgoing.close();
        audio.close();
        video.close();
    }

    private static long number(Map<String, Object> from, String key) throws IOException {
        if (from.get(key) instanceof Number number) {
            return number.longValue();
        }
        throw new IOException("Janus did not tell " + key + ": " + from);
    }
}
