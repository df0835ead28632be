package org.sipmgw.devices.v4l2;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.sipmgw.devices.kernel.DeviceFile;
import org.sipmgw.devices.kernel.KernelCalls;
import org.sipmgw.devices.kernel.Structure;
import org.sipmgw.spi.DeviceException;

/** Which video device files exist. */
public final class VideoNodes {
    private static final Path CLASS = Path.of("/sys/class/video4linux");
    private static final Path DEVICES = Path.of("/dev");
    private static final String LOOPBACK = "v4l2 loopback";
    /** Where the kernel keeps devices without hardware; v4l2loopback's alone are named there by what nobody may open. */
    private static final String VIRTUAL = "/virtual/";

    private VideoNodes() {}

    /** All of them in the order of their numbers; each that may be opened is asked for its driver. */
    public static List<VideoNode> list() {
        return list(KernelCalls.running());
    }

    static List<VideoNode> list(KernelCalls kernel) {
        List<VideoNode> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(CLASS, "video*")) {
            for (Path entry : entries) {
                found.add(look(kernel, entry));
            }
        } catch (IOException e) {
            return List.of(); // the kernel has no video devices
        }
        found.sort(Comparator.comparingInt(node -> number(node.path())));
        return List.copyOf(found);
    }

    /** The loopback devices among them. */
    public static List<VideoNode> loopbacks() {
        return list().stream().filter(VideoNode::loopback).toList();
    }

    private static int number(Path path) {
        String digits = path.getFileName().toString().replaceAll("\\D", "");
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    private static VideoNode look(KernelCalls kernel, Path entry) throws IOException {
        Path device = DEVICES.resolve(entry.getFileName());
        String card = Files.readString(entry.resolve("name")).strip();
        boolean virtual = entry.toRealPath().toString().contains(VIRTUAL);
        boolean permitted = Files.isReadable(device) && Files.isWritable(device);
        if (!permitted) {
            return new VideoNode(device, card, virtual, false, "", false, false);
        }
        try (DeviceFile file = DeviceFile.open(kernel, device, KernelCalls.READ_WRITE | KernelCalls.NON_BLOCKING)) {
            return asked(file, device);
        } catch (DeviceException e) {
            // a device cgroup, or gone meanwhile
            return new VideoNode(device, card, virtual, false, "", false, false);
        }
    }

    private static VideoNode asked(DeviceFile file, Path device) {
        Structure capability = new Structure(V4l2Layout.CAPABILITY);
        file.call(V4l2Layout.QUERYCAP, capability);
        String driver = capability.textAt(V4l2Layout.CAPABILITY_DRIVER, 16);
        int can = capabilities(capability);
        return new VideoNode(
                device,
                capability.textAt(V4l2Layout.CAPABILITY_CARD, 32),
                driver.equals(LOOPBACK),
                true,
                driver,
                (can & V4l2Layout.CAN_CAPTURE) != 0,
                (can & V4l2Layout.CAN_OUTPUT) != 0);
    }

    /** What this node can do; what all nodes of the device can, when the driver is too old to tell. */
    static int capabilities(Structure capability) {
        int all = capability.intAt(V4l2Layout.CAPABILITY_ALL);
        return (all & V4l2Layout.HAS_NODE_CAPABILITIES) != 0 ? capability.intAt(V4l2Layout.CAPABILITY_NODE) : all;
    }
}
