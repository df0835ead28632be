package org.sipmgw.fakes;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.sipmgw.spi.DeviceException;

/** Lets the nth step fail: 1st, 2nd, 3rd … 0 for never; or the next one of a name. */
public final class FaultLadder {
    private final int failing;
    private final AtomicInteger steps = new AtomicInteger();
    private final AtomicReference<@Nullable String> next = new AtomicReference<>();
    private volatile @Nullable String failed;

    public FaultLadder(int failing) {
        this.failing = failing;
    }

    /** The next step of this name fails. */
    public void failNext(String name) {
        next.set(name);
    }

    void step(String name) {
        if (name.equals(next.get())) {
            next.set(null);
            throw new DeviceException("fake", name, "fails by order of the test");
        }
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
