package org.sipmgw.devices.v4l2;

import java.nio.file.Path;

/**
 * A video device file of the kernel. Its number may change from start to start; its card name is what the administrator gave
 * it and what browsers show.
 *
 * @param path for example {@code /dev/video0}
 * @param card the card's name, {@code card_label} of v4l2loopback
 * @param loopback whether it belongs to v4l2loopback
 * @param permitted whether this process may open it to read and write
 * @param driver the driver's name; empty when it could not be asked
 * @param captures whether programs see a camera in it now
 * @param outputs whether pictures can be written to it now
 */
public record VideoNode(
        Path path,
        String card,
        boolean loopback,
        boolean permitted,
        String driver,
        boolean captures,
        boolean outputs) {}
