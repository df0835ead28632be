package org.sipmgw;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sipmgw.conference.ConferenceState;
import org.sipmgw.conference.Room;
import org.sipmgw.spi.MediaSession;
import org.sipmgw.spi.MediaStatistics;

/** What is known of one call. Written on the call's loop only, read from any thread. */
final class CallFacts {
    private final long startedNs = System.nanoTime();
    final Instant since = Instant.now();
    volatile CallState state = CallState.RINGING;
    volatile Optional<Room> room = Optional.empty();
    volatile ConferenceState conference = ConferenceState.joining();
    volatile boolean held;
    volatile boolean warm;
    volatile Optional<Duration> answerTime = Optional.empty();
    volatile Optional<Duration> joinTime = Optional.empty();
    volatile Optional<Call.Processes> processes = Optional.empty();
    volatile Optional<Call.Devices> devices = Optional.empty();
    volatile Optional<EndReason> endReason = Optional.empty();
    private volatile @Nullable MediaSession media;
    private volatile MediaStatistics lastStatistics = MediaStatistics.none();
    private long joinStartedNs;

    void answered() {
        answerTime = Optional.of(Duration.ofNanos(System.nanoTime() - startedNs));
    }

    void joining() {
        joinStartedNs = System.nanoTime();
    }

    void joined() {
        if (joinTime.isEmpty()) {
            joinTime = Optional.of(Duration.ofNanos(System.nanoTime() - joinStartedNs));
        }
    }

    void mediaOpened(MediaSession session) {
        media = session;
    }

    /** Keeps the last counters, for they are asked for after the end too. */
    void mediaClosing() {
        lastStatistics = statistics();
        media = null;
    }

    /** What the room has sent since the call began. */
    long packetsFromRoom() {
        return statistics().streams().stream()
                .filter(stream -> stream.way() == MediaStatistics.Way.ROOM_TO_CONFERENCE)
                .mapToLong(MediaStatistics.Stream::packets)
                .sum();
    }

    MediaStatistics statistics() {
        MediaSession open = media;
        return open == null ? lastStatistics : open.statistics();
    }
}
