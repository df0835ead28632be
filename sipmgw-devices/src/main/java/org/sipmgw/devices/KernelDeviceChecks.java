package org.sipmgw.devices;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sipmgw.devices.alsa.CardTrial;
import org.sipmgw.devices.alsa.LoopbackCards;
import org.sipmgw.devices.alsa.SoundCard;
import org.sipmgw.devices.alsa.SoundCards;
import org.sipmgw.devices.kernel.DeviceHolder;
import org.sipmgw.devices.v4l2.CameraTrial;
import org.sipmgw.devices.v4l2.VideoNode;
import org.sipmgw.devices.v4l2.VideoNodes;
import org.sipmgw.spi.DeviceException;

/**
 * Looks which loopback cameras and sound cards the kernel has. Bridged calls need none, so that their absence is no fault: it
 * comes with what to do for those who want them.
 */
public final class KernelDeviceChecks {
    private static final String CAMERAS = "kernel cameras";
    private static final String CARDS = "kernel sound cards";

    private final KernelSurroundings surroundings;

    KernelDeviceChecks(KernelSurroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** One line on cameras, one on sound cards. */
    public static List<DeviceCheck> run() {
        KernelDeviceChecks checks = new KernelDeviceChecks(KernelSurroundings.here());
        return List.of(
                checks.cameras(VideoNodes.loopbacks()),
                checks.cards(SoundCards.system().loopbacks()));
    }

    /**
     * Shows a frame through each camera that is free and reads it back; a camera that a killed program left unusable is usable
     * after that. Plays a tone through each sound card, both ways, and listens to it.
     */
    public static List<DeviceCheck> tryOut() {
        return Stream.concat(
                        VideoNodes.loopbacks().stream()
                                .map(node -> tryOut("camera " + node.card(), () -> CameraTrial.run(node.path()))),
                        SoundCards.system().loopbacks().stream()
                                .map(card -> tryOut("sound card " + card.id(), () -> CardTrial.run(card))))
                .toList();
    }

    private static DeviceCheck tryOut(String name, Supplier<String> trial) {
        try {
            return DeviceCheck.good(name, trial.get());
        } catch (DeviceException e) {
            return DeviceCheck.bad(name, String.valueOf(e.getMessage()), "end the program that holds it");
        }
    }

    DeviceCheck cameras(List<VideoNode> nodes) {
        if (nodes.isEmpty()) {
            return DeviceCheck.absent(
                    CAMERAS,
                    "none; bridged calls need none",
                    surroundings.load(
                            "v4l2loopback",
                            "v4l2loopback-dkms",
                            "devices=2 exclusive_caps=1,1 card_label=Room-1,Room-2",
                            "--device /dev/video0 --device /dev/video1"));
        }
        List<Path> closed = nodes.stream()
                .filter(node -> !node.permitted())
                .map(VideoNode::path)
                .toList();
        if (!closed.isEmpty()) {
            return DeviceCheck.absent(CAMERAS, refused(closed), surroundings.permit("video", closed));
        }
        return DeviceCheck.good(
                CAMERAS, nodes.stream().map(KernelDeviceChecks::state).collect(Collectors.joining(", ")));
    }

    DeviceCheck cards(List<SoundCard> cards) {
        if (cards.isEmpty()) {
            return DeviceCheck.absent(
                    CARDS,
                    "none; bridged calls need none",
                    surroundings.load("snd-aloop", "", "enable=1,1 index=0,1", "--device /dev/snd"));
        }
        List<Path> closed = cards.stream()
                .flatMap(card -> Stream.of(card.control(), card.pcm(0, true), card.pcm(0, false)))
                .filter(node -> !Files.isReadable(node) || !Files.isWritable(node))
                .toList();
        if (!closed.isEmpty()) {
            return DeviceCheck.absent(
                    CARDS, refused(closed), surroundings.permit("audio", List.of(Path.of("/dev/snd"))));
        }
        return DeviceCheck.good(
                CARDS, cards.stream().map(KernelDeviceChecks::state).collect(Collectors.joining(", ")));
    }

    private String refused(List<Path> nodes) {
        return surroundings.user() + " may not open "
                + nodes.stream().limit(3).map(Path::toString).collect(Collectors.joining(", "))
                + (nodes.size() > 3 ? " and " + (nodes.size() - 3) + " more" : "");
    }

    private static String state(VideoNode node) {
        List<DeviceHolder> holders = DeviceHolder.of(node.path());
        return node.card() + " (" + node.path() + ") " + (holders.isEmpty() ? "free" : "held by " + holders.get(0));
    }

    private static String state(SoundCard card) {
        var holders = LoopbackCards.system().holders(card);
        return card.id() + " " + (holders.isEmpty() ? "free" : "held by " + holders.get(0));
    }
}
