package org.sipmgw.devices.alsa;

import org.sipmgw.devices.kernel.KernelCalls;
import org.sipmgw.spi.DeviceException;

/** The way to a PCM: the kernel or libasound. */
@FunctionalInterface
interface PcmOpener {

    /**
     * Opens and prepares.
     *
     * @throws DeviceException when it cannot be opened so; nothing stays open then
     */
    PcmPort open(PcmRequest request);

    static PcmOpener of(boolean byName) {
        return byName ? LibasoundDevice::open : kernel(KernelCalls.running());
    }

    static PcmOpener kernel(KernelCalls kernel) {
        return request -> KernelPcm.open(kernel, request);
    }
}
