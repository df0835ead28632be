package org.sipmgw.examples;

import java.util.Optional;
import org.sipmgw.devices.call.KernelDevices;
import org.sipmgw.spi.DeviceException;
import org.sipmgw.spi.PageDevices;

/** What pages have for camera and microphone: the key {@code browser.devices}. */
enum Devices {
    /** The loopback connection: no device. */
    BRIDGED,
    /** Devices of the kernel; a browser for which none is free does not start. */
    KERNEL,
    /** Devices of the kernel where there are any that are free, else none. */
    AUTO;

    private static final System.Logger LOG = System.getLogger(Devices.class.getName());

    /** Gives them out. */
    PageDevices.Provider provider() {
        KernelDevices kernel = KernelDevices.builder().build();
        return switch (this) {
            case BRIDGED -> (width, height) -> Optional.empty();
            case KERNEL -> kernel;
            case AUTO -> (width, height) -> whereFree(kernel, width, height);
        };
    }

    private static Optional<PageDevices> whereFree(KernelDevices kernel, int width, int height) {
        if (!KernelDevices.present()) {
            return Optional.empty();
        }
        try {
            return kernel.open(width, height);
        } catch (DeviceException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Bridged, since no device of the kernel is to be had: {0}",
                    e.getMessage());
            return Optional.empty();
        }
    }
}
