package org.sipmgw.media.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a capture takes it gives back; what it hands on it neither copies nor allocates. */
@Tag("media")
class CaptureLifeIT {

    @Test
    void twentyCapturesLeaveNoThreadDescriptorOrNativeObject() throws Exception {
        try (Room room = Room.showing(640, 360, "videotestsrc is-live=true pattern=ball")) {
            room.programs.add(room.speaker.play("audiotestsrc"));
            once(room);
            once(room);
            long threads = threads();
            long descriptors = descriptors();
            for (int i = 0; i < 20; i++) {
                once(room);
            }
            Await.until("threads to end", 3_000, () -> threads() <= threads);
            assertThat(descriptors()).as("open descriptors").isLessThanOrEqualTo(descriptors);
            assertThat(room.faults).isEmpty();
        }
    }

    @Test
    void speakerThatNobodyPlaysToIsNoFault() throws Exception {
        try (Room room = new Room(64, 64)) {
            for (int i = 0; i < 3; i++) {
                room.audio.clear();
                try (RoomCapture capture = room.open(room.sound(Streams.audio("opus"), 20))) {
                    Await.until("silence", 5_000, () -> room.audio.all().size() > 50);
                }
            }
            assertThat(room.faults).isEmpty();
        }
    }

    @Test
    void streamGoesOnWhereTheCaptureBeforeEnded() throws Exception {
        try (Room first = Room.showing(640, 360, "videotestsrc is-live=true pattern=ball");
                Room second = Room.showing(320, 180, "videotestsrc is-live=true pattern=ball")) {
            OutgoingStream pictures = first.pictures(Streams.h264("42e01f", 1), Streams.SMALL);
            OutgoingStream sound = first.sound(Streams.audio("opus"), 20);
            try (RoomCapture capture = first.open(pictures, sound)) {
                Await.until(
                        "media",
                        5_000,
                        () -> first.video.frames() > 10 && first.audio.all().size() > 10);
            }
            int before = first.video.all().size();
            int soundBefore = first.audio.all().size();
            try (RoomCapture capture = second.open(pictures, sound)) {
                Await.until(
                        "more media",
                        5_000,
                        () -> first.video.all().size() > before + 10
                                && first.audio.all().size() > soundBefore + 10);
            }
            assertContinuous(first.video.all());
            assertContinuous(first.audio.all());
        }
    }

    @Test
    void nothingIsAllocatedPerFrameOrPacket() throws Exception {
        try (Room room = Room.showing(640, 360, "videotestsrc is-live=true pattern=ball")) {
            OutgoingStream pictures =
                    Streams.out(Streams.video(Streams.h264("42e01f", 1), Streams.SMALL), (b, o, l) -> {});
            OutgoingStream sound = Streams.out(Streams.sound(Streams.audio("opus"), 20), (b, o, l) -> {});
            try (RoomCapture capture = room.open(pictures, sound)) {
                Await.sleep(3000);
                long before = allocatedByCapture();
                Await.sleep(5000);
                assertThat(allocatedByCapture() - before).as("bytes in 5 s").isLessThan(2_000);
            }
        }
    }

    private static void once(Room room) {
        room.video.clear();
        room.audio.clear();
        try (RoomCapture capture = room.open(
                room.pictures(Streams.h264("42e01f", 1), Streams.SMALL), room.sound(Streams.audio("opus"), 20))) {
            Await.until("picture", 5_000, () -> room.video.frames() > 3 || !room.faults.isEmpty());
            Await.until("sound", 5_000, () -> room.audio.all().size() > 3 || !room.faults.isEmpty());
            assertThat(room.faults).isEmpty();
        }
        assertThat(room.engine.nativeObjects()).isZero();
    }

    private static void assertContinuous(List<Packets.Packet> packets) {
        for (int i = 1; i < packets.size(); i++) {
            Packets.Packet before = packets.get(i - 1);
            Packets.Packet packet = packets.get(i);
            assertThat(packet.sequence()).isEqualTo(before.sequence() + 1 & 0xffff);
            assertThat(packet.timestamp() - before.timestamp()).isGreaterThanOrEqualTo(0);
            assertThat(packet.ssrc()).isEqualTo(before.ssrc());
        }
    }

    private static long threads() {
        return count(Path.of("/proc/self/task"));
    }

    private static long descriptors() {
        return count(Path.of("/proc/self/fd"));
    }

    private static long count(Path directory) {
        try (var entries = Files.list(directory)) {
            return entries.count();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long allocatedByCapture() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        Set<Thread> capturing = Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().startsWith("capture-"))
                .collect(Collectors.toSet());
        assertThat(capturing).hasSize(3);
        return capturing.stream()
                .mapToLong(t -> threads.getThreadAllocatedBytes(t.getId()))
                .sum();
    }
}
