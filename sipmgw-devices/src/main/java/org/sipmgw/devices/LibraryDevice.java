package org.sipmgw.devices;

import com.sun.jna.NativeLibrary;
import java.util.Optional;

/** Asks whether a native library can be loaded. */
final class LibraryDevice {
    private LibraryDevice() {}

    /** Why it cannot be loaded; empty when it can. */
    static Optional<String> whyNot(String library) {
        try (NativeLibrary loaded = NativeLibrary.getInstance(library)) {
            return Optional.ofNullable(loaded.getFile() == null ? library + " has no file" : null);
        } catch (UnsatisfiedLinkError e) {
            return Optional.of(
                    String.valueOf(e.getMessage()).lines().findFirst().orElse(library));
        }
    }
}
