package org.sipmgw.examples.turn;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.sipmgw.media.BridgedMediaEngine;
import org.sipmgw.sdp.LocalMedia;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.spi.MediaEngine;
import org.sipmgw.spi.MediaListener;
import org.sipmgw.spi.MediaRequest;
import org.sipmgw.spi.MediaSession;
import org.sipmgw.spi.MediaStatistics;
import org.sipmgw.spi.NatPolicy;

/** A media session of the real engine, without signalling, and what it reports. */
final class RelayedSession implements AutoCloseable {
    final List<String> warnings = new CopyOnWriteArrayList<>();
    final List<LocalMedia> moves = new CopyOnWriteArrayList<>();
    final MediaEngine engine;
    final MediaSession session;

    RelayedSession(NatPolicy policy) throws Exception {
        int first = 16_000 + ThreadLocalRandom.current().nextInt(60) * 200;
        engine = BridgedMediaEngine.builder().rtpPorts(first, first + 199).build();
        MediaRequest request = new MediaRequest(
                InetAddress.getLoopbackAddress(), Optional.empty(), Optional.of(policy), Optional.empty(), true);
        session = engine.open(request, new MediaListener() {
            @Override
            public void onWarning(String detail) {
                warnings.add(detail);
            }

            @Override
            public void onLocalMediaChanged(LocalMedia addresses) {
                moves.add(addresses);
            }
        });
    }

    LocalMedia gathered() throws Exception {
        return session.gathered().toCompletableFuture().get(15, TimeUnit.SECONDS);
    }

    InetSocketAddress stated() {
        return session.localMedia().statedRtp(MediaKind.AUDIO);
    }

    void agree(RoomSockets room) {
        session.configure(List.of(room.stream()));
    }

    long fromRoom() {
        return session.statistics().streams().stream()
                .filter(stream -> stream.way() == MediaStatistics.Way.ROOM_TO_CONFERENCE)
                .mapToLong(MediaStatistics.Stream::packets)
                .sum();
    }

    static boolean await(BooleanSupplier condition) throws InterruptedException {
        return await(condition, 10_000);
    }

    static boolean await(BooleanSupplier condition, long timeoutMs) throws InterruptedException {
        long end = System.nanoTime() + timeoutMs * 1_000_000;
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        return condition.getAsBoolean();
    }

    @Override
    public void close() {
        session.close();
        MediaEngine.Inventory left = engine.inventory();
        engine.close();
        if (!left.equals(new MediaEngine.Inventory(0, 0, 0))) {
            throw new AssertionError("left behind: " + left);
        }
    }
}
