package org.sipmgw.devices.alsa;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sound cards of this machine. Each call looks anew; nothing is opened. Thread-safe. */
public final class SoundCards {
    /** {@code  0 [Loopback       ]: Loopback - Loopback 1}; the long name is on a line of its own, indented. */
    private static final Pattern CARD = Pattern.compile(" *(\\d+) \\[([^\\]]+?) *\\]: (.*?) - (.*)");

    private final Path proc;
    private final Path nodes;

    private SoundCards(Path proc, Path nodes) {
        this.proc = proc;
        this.nodes = nodes;
    }

    /** Those of the running kernel. */
    public static SoundCards system() {
        return new SoundCards(Path.of("/proc/asound"), Path.of("/dev/snd"));
    }

    static SoundCards in(Path proc, Path nodes) {
        return new SoundCards(proc, nodes);
    }

    /** All cards, loopbacks or not, by number; none where the kernel has no sound. */
    public static List<SoundCard> find() {
        return system().all();
    }

    /** The card with this id, such as {@code Loopback_1}. */
    public Optional<SoundCard> card(String id) {
        return all().stream().filter(card -> card.id().equals(id)).findFirst();
    }

    /** The cards of snd-aloop. */
    public List<SoundCard> loopbacks() {
        return all().stream().filter(SoundCard::loopback).toList();
    }

    /** As {@link #find()}. */
    public List<SoundCard> all() {
        List<SoundCard> found = new ArrayList<>();
        for (String line : lines(proc.resolve("cards"))) {
            Matcher card = CARD.matcher(line);
            if (card.matches()) {
                found.add(new SoundCard(
                        Integer.parseInt(card.group(1)), card.group(2), card.group(3), card.group(4), nodes));
            }
        }
        return List.copyOf(found);
    }

    /** Where the kernel tells what is done with a card. */
    Path status(SoundCard card) {
        return proc.resolve("card" + card.number());
    }

    /** How many streams a device of a card has in each direction; at least 1. */
    public int subdevices(SoundCard card, int device) {
        return lines(status(card).resolve("pcm" + device + "p/info")).stream()
                .filter(line -> line.startsWith("subdevices_count:"))
                .mapToInt(line ->
                        Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElse(1);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException noSound) {
            return List.of();
        }
    }
}
