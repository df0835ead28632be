package org.sipmgw.fakes;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import org.sipmgw.conference.Room;
import org.sipmgw.spi.ConferenceJoiner;
import org.sipmgw.spi.ConferenceListener;
import org.sipmgw.spi.ConferenceSession;

/** A joiner without browsers. By itself everything succeeds at once; a test may hold back or fail each step. */
public final class FakeJoiner implements ConferenceJoiner {
    public final List<FakeSeat> seats = new CopyOnWriteArrayList<>();
    public final AtomicInteger open = new AtomicInteger();
    public final FaultLadder faults;
    public volatile boolean holdSeats;
    public volatile boolean holdJoins;
    /** Off where there are too many calls to keep them all. */
    public volatile boolean remembers = true;

    public volatile boolean accepting = true;

    /** Whether browsers have devices of the kernel. */
    public volatile boolean devices;

    final List<Runnable> heldSeats = new CopyOnWriteArrayList<>();

    public FakeJoiner() {
        this(new FaultLadder(0));
    }

    public FakeJoiner(FaultLadder faults) {
        this.faults = faults;
    }

    @Override
    public boolean accepts(Room room) {
        return accepting;
    }

    @Override
    public CompletionStage<ConferenceSession> open(ConferenceListener listener) {
        CompletableFuture<ConferenceSession> opened = new CompletableFuture<>();
        Runnable open = () -> {
            try {
                faults.step("joiner.open");
                FakeSeat seat = new FakeSeat(this, listener, seats.size());
                this.open.incrementAndGet();
                if (remembers) {
                    seats.add(seat);
                }
                opened.complete(seat);
            } catch (RuntimeException fault) {
                opened.completeExceptionally(fault);
            }
        };
        if (holdSeats) {
            heldSeats.add(open);
        } else {
            ForkJoinPool.commonPool().execute(open);
        }
        return opened;
    }

    /** Hands out the seats that were held back. */
    public void releaseSeats() {
        holdSeats = false;
        heldSeats.forEach(Runnable::run);
        heldSeats.clear();
    }

    public int waiting() {
        return heldSeats.size();
    }

    public FakeSeat last() {
        return seats.get(seats.size() - 1);
    }

    @Override
    public int warm() {
        return 0;
    }

    @Override
    public void close() {}
}
