package org.sipmgw.browser;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.sipmgw.conference.ConferenceCommand;
import org.sipmgw.conference.ConferenceState;
import org.sipmgw.conference.ConferenceState.Phase;
import org.sipmgw.conference.JoinException;
import org.sipmgw.conference.JoinException.Cause;
import org.sipmgw.conference.Room;
import org.sipmgw.spi.PagePeer;

/** A browser's visit to one conference: join, read the state again and again, do commands, leave. On the page's thread. */
final class Visit {
    private static final System.Logger LOG = System.getLogger(Visit.class.getName());
    private static final long READ_INTERVAL_MS = 500;
    /** After a read that failed: together with the time that a hanging page takes for it, well within the patience. */
    private static final long REREAD_INTERVAL_MS = 100;

    private static final long COMMAND_POLL_MS = 50;
    private static final long COMMAND_TIMEOUT_NS = 3_000_000_000L;
    private static final long LEAVE_TIMEOUT_NS = 1_500_000_000L;
    /** A page that has not answered, or was not in the conference, for this long is lost. */
    private static final long PATIENCE_NS = 3_000_000_000L;

    /** Whom the visit tells. */
    interface Events {
        void state(ConferenceState state);

        void gone(boolean retry, String detail);
    }

    private final Seat seat;
    private final AllowedPage page;
    private final BrowserConfig config;
    private final ConferencePage product;
    private final Room room;
    private final Events events;
    private boolean leaving;
    private boolean over;
    private long goodNs;

    Visit(Seat seat, BrowserConfig config, ConferencePage product, Room room, Events events) {
        this.seat = seat;
        this.page = new AllowedPage(seat.chromium(), config.hosts(), address -> strayed());
        this.config = config;
        this.product = product;
        this.room = room;
        this.events = events;
    }

    /** Goes to the page and joins. */
    void join(PagePeer camera, long timeoutMs, CompletableFuture<ConferenceState> joined) {
        URI address = product.address(room);
        Join join = new Join(product, page, room, System.nanoTime(), timeoutMs);
        try {
            if (!config.hosts().allows(address)) {
                throw new JoinException(Cause.NOT_ALLOWED, "the room's host is not among the allowed");
            }
            seat.bridge().connect(camera);
            seat.chromium().permit(address);
            seat.chromium().navigate(address.toString());
            joinPoll(join, joined);
        } catch (JoinException e) {
            joined.completeExceptionally(e);
        } catch (PageException | BrowserLostException e) {
            joined.completeExceptionally(new JoinException(Cause.BROWSER, String.valueOf(e.getMessage()), e));
        }
    }

    private void joinPoll(Join join, CompletableFuture<ConferenceState> joined) {
        if (joined.isDone()) {
            return; // closed, or given up by a loss that was seen elsewhere
        }
        try {
            Optional<ConferenceState> state = join.poll(System.nanoTime());
            if (over) {
                return; // the page was at a host that is not allowed, as the session has heard
            }
            if (state.isPresent()) {
                goodNs = System.nanoTime();
                events.state(state.get());
                joined.complete(state.get());
                seat.remember(); // the page's own processes were started since
                seat.schedule(this::read, READ_INTERVAL_MS * config.patience());
            } else {
                seat.schedule(
                        () -> joinPoll(join, joined), config.pollInterval().toMillis());
            }
        } catch (JoinException e) {
            new Evidence(config.evidence()).keep(seat.chromium(), product, room);
            over = true;
            joined.completeExceptionally(e);
        } catch (BrowserLostException e) {
            over = true;
            joined.completeExceptionally(new JoinException(Cause.BROWSER, String.valueOf(e.getMessage()), e));
        }
    }

    private void read() {
        if (over || leaving) {
            return;
        }
        long nextMs = READ_INTERVAL_MS * config.patience();
        try {
            ConferenceState state = product.read(page);
            events.state(state);
            if (state.phase() == Phase.JOINED) {
                goodNs = System.nanoTime();
            } else if (state.phase() == Phase.LEFT) {
                gone(true, "the page is no longer in the conference");
            }
        } catch (JoinException e) {
            gone(e.reason() == Cause.BROWSER || e.reason() == Cause.TIMEOUT, String.valueOf(e.getMessage()));
        } catch (PageException e) {
            LOG.log(System.Logger.Level.DEBUG, "The page cannot be read just now", e);
            nextMs = REREAD_INTERVAL_MS * config.patience();
        } catch (BrowserLostException e) {
            gone(true, String.valueOf(e.getMessage()));
        }
        if (!over && System.nanoTime() - goodNs > PATIENCE_NS * config.patience()) {
            gone(true, "the page does not answer or has lost the conference");
        }
        if (!over) {
            seat.schedule(this::read, nextMs);
        }
    }

    private void gone(boolean retry, String detail) {
        if (!over) {
            over = true;
            events.gone(retry, detail);
        }
    }

    /** A tab or frame begins to load an address: the only tab may go nowhere else, other tabs are closed. */
    void navigated(String context, String address) {
        // data: is our waiting page; pages cannot send a tab there
        boolean harmless = address.equals("about:blank") || address.startsWith("data:");
        if (over || harmless || config.hosts().allows(address)) {
            return;
        }
        try {
            if (context.equals(seat.chromium().tab())) {
                strayed();
            } else {
                seat.chromium().closeTabs(config.hosts());
            }
        } catch (PageException | BrowserLostException e) {
            LOG.log(System.Logger.Level.DEBUG, "A tab that went elsewhere is gone already", e);
        }
    }

    /** The tab is at a host that is not allowed: it shows the waiting page again, and the call is over. */
    private void strayed() {
        if (!over) {
            gone(false, "the page went to a host that is not allowed");
            seat.chromium().navigate(Resources.waitingPage());
        }
    }

    /** Does it, and completes when the page shows it done. */
    void command(ConferenceCommand command, CompletableFuture<Void> done) {
        try {
            if (done(command, product.read(page))) {
                done.complete(null);
                return;
            }
            product.command(page, command);
            awaitDone(command, System.nanoTime() + COMMAND_TIMEOUT_NS * config.patience(), done);
        } catch (JoinException | PageException | BrowserLostException | UnsupportedOperationException e) {
            done.completeExceptionally(e);
        }
    }

    private void awaitDone(ConferenceCommand command, long deadlineNs, CompletableFuture<Void> done) {
        try {
            ConferenceState state = product.read(page);
            // what cannot be read back is done when the page took it
            if (command instanceof ConferenceCommand.SendChat || done(command, state)) {
                events.state(state);
                done.complete(null);
            } else if (System.nanoTime() - deadlineNs > 0) {
                done.completeExceptionally(new PageException(product.product() + " does not show it done"));
            } else {
                seat.schedule(() -> awaitDone(command, deadlineNs, done), COMMAND_POLL_MS);
            }
        } catch (JoinException | PageException | BrowserLostException e) {
            done.completeExceptionally(e);
        }
    }

    private static boolean done(ConferenceCommand command, ConferenceState state) {
        if (command instanceof ConferenceCommand.MuteMicrophone mute) {
            return state.microphoneMuted() == mute.muted();
        } else if (command instanceof ConferenceCommand.MuteCamera mute) {
            return state.cameraMuted() == mute.muted();
        } else if (command instanceof ConferenceCommand.RaiseHand hand) {
            return state.handRaised() == hand.raised();
        }
        return false;
    }

    /** Leaves, waits a moment for the page to be out, then tells. */
    void leave(Runnable out) {
        leaving = true;
        try {
            product.leave(page);
            awaitOut(System.nanoTime() + LEAVE_TIMEOUT_NS, out);
        } catch (PageException | BrowserLostException e) {
            LOG.log(System.Logger.Level.DEBUG, "Not left politely", e);
            out.run();
        }
    }

    private void awaitOut(long deadlineNs, Runnable out) {
        boolean joined;
        try {
            joined = product.read(page).phase() == Phase.JOINED;
        } catch (PageException e) {
            joined = true; // it is just being reloaded
        } catch (JoinException | BrowserLostException e) {
            joined = false;
        }
        if (joined && System.nanoTime() - deadlineNs < 0) {
            seat.schedule(() -> awaitOut(deadlineNs, out), COMMAND_POLL_MS);
        } else {
            out.run();
        }
    }
}
