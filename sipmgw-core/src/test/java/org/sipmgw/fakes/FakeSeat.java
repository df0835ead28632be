package org.sipmgw.fakes;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicBoolean;
import org.sipmgw.conference.ConferenceCommand;
import org.sipmgw.conference.ConferenceState;
import org.sipmgw.conference.JoinException;
import org.sipmgw.conference.Room;
import org.sipmgw.spi.ConferenceListener;
import org.sipmgw.spi.ConferenceSession;
import org.sipmgw.spi.DisplayPort;
import org.sipmgw.spi.PageDevices;
import org.sipmgw.spi.PagePeer;
import org.sipmgw.spi.SpeakerPort;

/** A seat without a browser. */
public final class FakeSeat implements ConferenceSession {
    public final ConferenceListener listener;
    public final CompletableFuture<ConferenceState> join = new CompletableFuture<>();
    public final List<ConferenceCommand> commands = new CopyOnWriteArrayList<>();
    public final AtomicBoolean left = new AtomicBoolean();
    private final FakeJoiner joiner;
    private final int number;
    private final AtomicBoolean closed = new AtomicBoolean();

    FakeSeat(FakeJoiner joiner, ConferenceListener listener, int number) {
        this.joiner = joiner;
        this.listener = listener;
        this.number = number;
    }

    @Override
    public DisplayPort display() {
        return new Display(":" + number);
    }

    @Override
    public SpeakerPort speaker() {
        return new Speaker();
    }

    @Override
    public Optional<PageDevices> devices() {
        return joiner.devices
                ? Optional.of(new PageDevices(new FakeCamera("/dev/video" + number), new FakeMicrophone()))
                : Optional.empty();
    }

    @Override
    public boolean warm() {
        return number == 0;
    }

    @Override
    public long pid() {
        return 1000L + number;
    }

    @Override
    public CompletionStage<ConferenceState> join(Room room, PagePeer camera, Duration timeout) {
        try {
            joiner.faults.step("seat.join");
        } catch (RuntimeException fault) {
            return CompletableFuture.failedFuture(
                    new JoinException(JoinException.Cause.BROWSER, String.valueOf(fault.getMessage())));
        }
        if (!joiner.holdJoins) {
            ForkJoinPool.commonPool().execute(this::joined);
        }
        return join;
    }

    public void joined() {
        join.complete(new ConferenceState(ConferenceState.Phase.JOINED, false, false, false, false, 2));
    }

    @Override
    public ConferenceState state() {
        return ConferenceState.joining();
    }

    @Override
    public CompletionStage<Void> command(ConferenceCommand command) {
        commands.add(command);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> leave() {
        left.set(true);
        joiner.faults.step("seat.leave");
        return CompletableFuture.completedFuture(null);
    }

    public boolean isClosed() {
        return closed.get();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            joiner.open.decrementAndGet();
        }
        joiner.faults.step("seat.close");
    }

    private record Display(String name) implements DisplayPort {
        @Override
        public int width() {
            return 1280;
        }

        @Override
        public int height() {
            return 720;
        }

        @Override
        public Map<String, String> environment() {
            return Map.of();
        }

        @Override
        public long pid() {
            return 2000;
        }

        @Override
        public CompletionStage<Void> ended() {
            return new CompletableFuture<>();
        }

        @Override
        public void close() {}
    }

    private record Speaker() implements SpeakerPort {
        @Override
        public String server() {
            return "unix:/fake";
        }

        @Override
        public String monitor() {
            return "fake.monitor";
        }

        @Override
        public Map<String, String> environment() {
            return Map.of();
        }

        @Override
        public long pid() {
            return 3000;
        }

        @Override
        public CompletionStage<Void> ended() {
            return new CompletableFuture<>();
        }

        @Override
        public void close() {}
    }
}
