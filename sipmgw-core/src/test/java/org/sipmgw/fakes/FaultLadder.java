package org.sipmgw.fakes;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.sipmgw.spi.DeviceException;

/** Lets the nth step fail: 1st, 2nd, 3rd … 0 for never. */
public final class FaultLadder {
    private final int failing;
    private final AtomicInteger steps = new AtomicInteger();
    private volatile @Nullable String failed;

    public FaultLadder(int failing) {
        this.failing = failing;
    }

    void step(String name) {
        if (steps.incrementAndGet() == failing) {
            failed = name;
            throw new DeviceException("fake", name, "step " + failing + " fails by order of the test");
        }
    }

    /** The step that failed. */
    public @Nullable String failed() {
        return failed;
    }
}
