package org.sipmgw.devices.alsa;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.sipmgw.devices.kernel.DeviceFile;
import org.sipmgw.devices.kernel.KernelCalls;
import org.sipmgw.spi.DeviceException;

/**
 * The cards of snd-aloop, given out one by one: what a call plays on device 0 of its card its browser records on device 1,
 * and the other way round. Thread-safe.
 */
public final class LoopbackCards {
    private static final int FLAGS = KernelCalls.READ_ONLY | KernelCalls.NON_BLOCKING;

    private final SoundCards cards;
    private final KernelCalls kernel;

    LoopbackCards(SoundCards cards, KernelCalls kernel) {
        this.cards = cards;
        this.kernel = kernel;
    }

    /** Those of the running kernel. */
    public static LoopbackCards system() {
        return new LoopbackCards(SoundCards.system(), KernelCalls.running());
    }

    /**
     * Takes a free one: not taken by a gateway, not in use by any program.
     *
     * @param ids which may be taken, in order of preference; empty for any
     * @throws DeviceException saying why none could be taken: there is none, no permission, or who has them
     */
    public CardLease take(Collection<String> ids) {
        List<SoundCard> candidates = ids.isEmpty()
                ? cards.loopbacks()
                : ids.stream()
                        .flatMap(id -> cards.card(id).stream())
                        .filter(SoundCard::loopback)
                        .toList();
        List<String> reasons = new ArrayList<>();
        for (SoundCard card : candidates) {
            Optional<CardLease> lease = tryTake(card, reasons);
            if (lease.isPresent()) {
                return lease.get();
            }
        }
        String wanted = ids.isEmpty() ? "" : " named " + String.join(", ", ids);
        throw new DeviceException(
                "sound cards",
                "take",
                candidates.isEmpty()
                        ? "there is no loopback card" + wanted + ": modprobe snd-aloop"
                        : "no loopback card" + wanted + " is free: " + String.join("; ", reasons));
    }

    private Optional<CardLease> tryTake(SoundCard card, List<String> reasons) {
        DeviceFile control;
        try {
            control = DeviceFile.open(kernel, card.control(), FLAGS);
        } catch (DeviceException e) {
            reasons.add(card.id() + ": " + e.getMessage());
            return Optional.empty();
        }
        boolean taken = false;
        try {
            Optional<String> reason = occupied(card, control);
            reason.ifPresent(reasons::add);
            taken = reason.isEmpty();
            return taken ? Optional.of(new CardLease(card, control)) : Optional.empty();
        } finally {
            if (!taken) {
                control.close();
            }
        }
    }

    private Optional<String> occupied(SoundCard card, DeviceFile control) {
        if (!control.tryLock()) {
            return Optional.of(card.id() + ": taken by a gateway");
        }
        return holders(card).stream().findFirst().map(holder -> card.id() + ": in use by " + holder);
    }

    /** Who has devices of a card open, by the kernel's own list. */
    public List<CardHolder> holders(SoundCard card) {
        List<CardHolder> found = new ArrayList<>();
        try (DirectoryStream<Path> pcms = Files.newDirectoryStream(cards.status(card), "pcm*")) {
            for (Path pcm : pcms) {
                try (DirectoryStream<Path> subdevices = Files.newDirectoryStream(pcm, "sub*")) {
                    for (Path subdevice : subdevices) {
                        holder(pcm.getFileName() + "/" + subdevice.getFileName(), subdevice.resolve("status"))
                                .ifPresent(found::add);
                    }
                }
            }
        } catch (IOException gone) {
            return List.copyOf(found); // the card has gone, and everybody has lost it
        }
        return List.copyOf(found);
    }

    /** {@code closed}, or lines of which one is {@code owner_pid   : 123}. */
    private static Optional<CardHolder> holder(String stream, Path status) throws IOException {
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("owner_pid"))
                .map(line ->
                        Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                .map(pid -> new CardHolder(pid, command(pid), stream))
                .findFirst();
    }

    private static String command(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/comm")).strip();
        } catch (IOException ended) {
            return "?";
        }
    }
}
