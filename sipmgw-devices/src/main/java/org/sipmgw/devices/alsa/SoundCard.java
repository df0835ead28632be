package org.sipmgw.devices.alsa;

import java.nio.file.Path;
import org.sipmgw.spi.DeviceException;

/**
 * A sound card, as the kernel lists it.
 *
 * @param number changes with the order of loading: for paths only
 * @param id the kernel's short name, unique, such as {@code Loopback_1}; what to call a card by
 * @param driver for example {@code Loopback} of the module snd-aloop
 * @param name as programs show it
 * @param nodes the directory of device nodes, {@code /dev/snd}
 */
public record SoundCard(int number, String id, String driver, String name, Path nodes) {
    /** The driver of snd-aloop. */
    static final String LOOPBACK_DRIVER = "Loopback";

    /** Whether what is played on its device 0 is recorded on its device 1, and the other way round (snd-aloop). */
    public boolean loopback() {
        return driver.equals(LOOPBACK_DRIVER);
    }

    /** Its control node. */
    public Path control() {
        return nodes.resolve("controlC" + number);
    }

    /** Node of one direction of a device. */
    public Path pcm(int device, boolean playback) {
        return nodes.resolve("pcmC" + number + "D" + device + (playback ? "p" : "c"));
    }

    /**
     * The same card now: its number may have changed.
     *
     * @throws DeviceException when there is no card with this id
     */
    SoundCard again() {
        return SoundCards.system().all().stream()
                .filter(card -> card.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new DeviceException("sound card " + id, "find", "the card has gone"));
    }
}
