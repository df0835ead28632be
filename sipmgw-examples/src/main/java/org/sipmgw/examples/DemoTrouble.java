package org.sipmgw.examples;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.sipmgw.testsupport.LossyRelay;
import org.sipmgw.testsupport.NetworkConditions;

/**
 * What goes wrong on purpose while a demo measures: the room holds and resumes (re-INVITE), its network loses packets, then
 * becomes narrow. On the thread of the demo.
 */
final class DemoTrouble {

    private static final double LOSS = 0.05;
    private static final int NARROW_BPS = 400_000;
    private static final int QUEUE_MS = 200;

    private final Deque<Step> steps = new ArrayDeque<>();
    private final Consumer<String> told;

    private record Step(double share, String what, Action action) {}

    /** May fail as the network does. */
    private interface Action {
        void run() throws IOException;
    }

    /** @param told hears what happens, for people */
    DemoTrouble(RoomSystem.Virtual room, LossyRelay network, Consumer<String> told) {
        this.told = told;
        NetworkConditions clear = NetworkConditions.CLEAR;
        steps.addAll(List.of(
                new Step(0.10, "the room holds (re-INVITE)", room::hold),
                new Step(0.18, "the room resumes (re-INVITE)", room::resume),
                new Step(0.30, "the room's network loses 5 % of the packets, both ways", () -> {
                    network.inward(clear.withLoss(LOSS));
                    network.outward(clear.withLoss(LOSS));
                }),
                new Step(0.50, "the room's network is clear again", () -> {
                    network.inward(clear);
                    network.outward(clear);
                }),
                new Step(
                        0.60,
                        "the line to the room carries no more than 400 kb/s",
                        () -> network.inward(clear.withRate(NARROW_BPS, QUEUE_MS))),
                new Step(0.80, "the line to the room is wide again", () -> network.inward(clear))));
    }

    /** Does what is due when this share of the time has gone. */
    void at(double share) throws IOException {
        while (!steps.isEmpty() && steps.peek().share <= share) {
            Step due = steps.remove();
            told.accept(due.what);
            due.action.run();
        }
    }
}
