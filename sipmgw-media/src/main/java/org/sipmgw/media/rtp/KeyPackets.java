package org.sipmgw.media.rtp;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Sends keys as telephone events (RFC 4733 section 2.5.1) in the place of sound: while a key sounds, packets of the
 * stream carry the event and keep their sequence numbers. Keys come from any thread; packets from one.
 */
public final class KeyPackets {
    private static final String KEYS = "0123456789*#ABCD";
    private static final int TONE_MS = 120;
    private static final int PAUSE_MS = 80;
    private static final int ENDS = 3;
    private static final int VOLUME = 10;
    private static final int EVENT_BYTES = 4;

    private final Queue<Press> waiting = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Format format;
    private @Nullable Press current;
    private int timestamp;
    private int duration;
    private int ends;
    private int pauseMs;

    private record Press(int event, CompletableFuture<Void> done) {}

    /**
     * How events are sent.
     *
     * @param payloadType of telephone-event
     * @param clockRateHz of its durations
     * @param packetTimeMs between packets of the stream
     */
    public record Format(int payloadType, int clockRateHz, int packetTimeMs) {}

    /** How events are sent from now on; null for not at all, which fails those that wait. */
    public void format(@Nullable Format newFormat) {
        format = newFormat;
        if (newFormat == null) {
            for (Press press = waiting.poll(); press != null; press = waiting.poll()) {
                press.done.completeExceptionally(new IllegalStateException("no telephone events are agreed any more"));
            }
        }
    }

    /** Whether a character is a key. */
    public static boolean isKey(char key) {
        return KEYS.indexOf(key) >= 0;
    }

    /** Sends keys one after the other; completes when the last one was sent. */
    public CompletionStage<Void> send(String keys) {
        CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
        if (format == null) {
            return CompletableFuture.failedFuture(new IllegalStateException("no telephone events are agreed"));
        }
        for (int i = 0; i < keys.length(); i++) {
            last = new CompletableFuture<>();
            waiting.add(new Press(KEYS.indexOf(keys.charAt(i)), last));
        }
        return last;
    }

    /**
     * Makes a packet of sound one of the key that sounds, if one does.
     *
     * @return its length
     */
    public int replace(byte[] packet, int offset, int length) {
        Format now = format;
        if (now == null || (current == null && waiting.isEmpty())) {
            return length;
        }
        boolean begins = false;
        if (current == null) {
            if (pauseMs > 0) {
                pauseMs -= now.packetTimeMs();
                return length;
            }
            current = waiting.poll();
            timestamp = Bytes.int32(packet, offset + 4);
            duration = 0;
            ends = 0;
            begins = true;
        }
        Press press = current;
        return press == null ? length : write(press, now, begins, packet, offset);
    }

    private int write(Press press, Format now, boolean begins, byte[] packet, int offset) {
        if (ends == 0) {
            duration += now.clockRateHz() / 1000 * now.packetTimeMs();
        }
        if (duration >= now.clockRateHz() / 1000 * TONE_MS) {
            ends++;
        }
        packet[offset] = (byte) 0x80;
        packet[offset + 1] = (byte) (now.payloadType() | (begins ? 0x80 : 0));
        Bytes.int32(packet, offset + 4, timestamp);
        int at = offset + Packet.FIXED_HEADER;
        packet[at] = (byte) press.event;
        packet[at + 1] = (byte) (VOLUME | (ends > 0 ? 0x80 : 0));
        Bytes.int16(packet, at + 2, Math.min(0xFFFF, duration));
        if (ends == ENDS) {
            current = null;
            pauseMs = PAUSE_MS;
            press.done.complete(null);
        }
        return Packet.FIXED_HEADER + EVENT_BYTES;
    }
}
