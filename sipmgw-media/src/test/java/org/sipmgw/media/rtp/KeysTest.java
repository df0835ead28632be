package org.sipmgw.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys in packets, received and sent, RFC 4733. */
@Tag("network")
class KeysTest {
    private final TelephoneEvents events = new TelephoneEvents();
    private final StringBuilder keys = new StringBuilder();
    private int sequence = 65_500;

    private void event(int key, int timestamp, int duration, boolean marker, boolean end) {
        Packet packet = Rtp.packet(
                101, sequence++ & 0xFFFF, timestamp, 7, key, end ? 0x8A : 0x0A, duration >> 8 & 0xFF, duration & 0xFF);
        packet.marker(marker);
        take(packet);
    }

    private void take(Packet packet) {
        char key = events.key(packet);
        if (key != 0) {
            keys.append(key);
        }
    }

    /** A key of so many packets, of which those in {@code lost} do not come. */
    private void press(int key, int timestamp, int packets, int ticks, List<Integer> lost) {
        for (int i = 0; i < packets + 3; i++) {
            if (lost.contains(i)) {
                sequence++;
            } else {
                event(key, timestamp, Math.min(i + 1, packets) * ticks, i == 0, i >= packets);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 16_000, 48_000})
    void repeatedKeysAreEachReportedOnceWhateverIsLost(int clock) {
        int ticks = clock / 50;
        int timestamp = -2 * clock;
        press(5, timestamp, 6, ticks, List.of());
        press(5, timestamp + clock / 5, 6, ticks, List.of(6, 7, 8));
        press(5, timestamp + 2 * clock / 5, 6, ticks, List.of(0, 1, 2, 3));
        press(10, timestamp + 3 * clock / 5, 1, ticks, List.of(0, 1, 2));
        press(15, timestamp + 4 * clock / 5, 30, ticks, List.of());
        assertThat(keys).hasToString("555*D");
    }

    @Test
    void aKeyHeldForLongIsOneKeyThoughItsDurationDoesNotFit() {
        int timestamp = 1_000_000;
        event(1, timestamp, 960, true, false);
        for (int segment = 0; segment < 4; segment++) {
            for (int i = 0; i < 60; i++) {
                event(1, timestamp, i * 960, false, false);
            }
            event(1, timestamp, 0xFFFF, false, false);
            timestamp += 0xFFFF;
        }
        event(1, timestamp, 960, false, true);
        event(1, timestamp + 4_000, 960, true, false);
        assertThat(keys).hasToString("11");
    }

    @Test
    void packetsThatComeLateOrAfterAJumpOfTheClockAreNoKeysTwice() {
        Packet early = Rtp.packet(101, 65_502, 5_000, 7, 3, 0x0A, 1, 0);
        event(2, 1_000, 160, true, true);
        sequence++;
        sequence++;
        event(3, 5_000, 320, false, true);
        take(early);
        // the sender begins anew with an earlier timestamp
        event(4, -900_000, 160, true, false);
        event(4, -900_000, 320, false, true);
        assertThat(keys).hasToString("234");
    }

    @Test
    void aSenderWhoseClockStandsStillIsUnderstoodByItsMarker() {
        for (int i = 0; i < 3; i++) {
            event(9, 4_000, 160, true, false);
            event(9, 4_000, 320, false, true);
            event(9, 4_000, 320, false, true);
        }
        assertThat(keys).hasToString("999");
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 48_000})
    void keysTakeThePlaceOfSoundAndAreReadAsTheyWereSent(int clock) {
        KeyPackets sending = new KeyPackets();
        sending.format(new KeyPackets.Format(101, clock, 20));
        AtomicBoolean done = new AtomicBoolean();
        CompletionStage<Void> sent = sending.send("1#A1");
        sent.thenRun(() -> done.set(true));
        List<Integer> sound = new ArrayList<>();
        int markers = 0;
        int ends = 0;
        for (int i = 0; i < 100; i++) {
            byte[] bytes = new byte[64];
            Packet packet = new Packet(bytes).view(0, 50);
            bytes[0] = (byte) 0x80;
            packet.payloadType(96);
            packet.sequence(sequence + i & 0xFFFF);
            packet.timestamp(i * clock / 50);
            packet.ssrc(7);
            packet.length(sending.replace(bytes, 0, 50));
            assertThat(packet.sequence()).isEqualTo(sequence + i & 0xFFFF);
            if (packet.payloadType() == 101) {
                assertThat(packet.length()).isEqualTo(16);
                assertThat(Bytes.uint16(bytes, 14)).isGreaterThan(0);
                markers += packet.marker() ? 1 : 0;
                ends += bytes[13] < 0 ? 1 : 0;
                take(packet);
            } else {
                sound.add(i);
            }
        }
        assertThat(keys).hasToString("1#A1");
        assertThat(markers).isEqualTo(4);
        assertThat(ends).isEqualTo(12);
        assertThat(done).isTrue();
        assertThat(sound).hasSizeGreaterThan(60);
    }

    @Test
    void keysFailWhereNoEventsAreAgreed() {
        KeyPackets sending = new KeyPackets();
        assertThat(sending.send("1").toCompletableFuture()).isCompletedExceptionally();
        sending.format(new KeyPackets.Format(101, 8_000, 20));
        CompletionStage<Void> waiting = sending.send("1");
        sending.format(null);
        assertThat(waiting.toCompletableFuture()).isCompletedExceptionally();
    }
}
