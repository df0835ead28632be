package org.sipmgw.process;

import java.nio.file.Files;
import java.nio.file.Path;

/** A gateway of its own process, for {@link OrphansIT}: starts a tree, says so, waits to be killed. */
public final class DyingGateway {

    private DyingGateway() {}

    /** Arguments: the base of runtime directories; a file to leave outside. */
    public static void main(String[] args) throws Exception {
        RuntimeDirectory runtime = RuntimeDirectory.open(Path.of(args[0]), RunAs.ordinaryUser());
        ChildProcess child = Shell.child(
                        runtime, "setsid sleep 701 & (setsid sleep 702 &) ; setsid env -i sleep 703 & sleep 704")
                .start();
        runtime.noteFile(Files.writeString(Path.of(args[1]), "left"));
        while (child.tree().processes().size() < 5) {
            Thread.sleep(10);
        }
        child.tree().processes().forEach(id -> System.out.println(id.pid() + " " + id.startTicks()));
        System.out.println("ready " + runtime.path());
        Thread.sleep(600_000);
    }
}
