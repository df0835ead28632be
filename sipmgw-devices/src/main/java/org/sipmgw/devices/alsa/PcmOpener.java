package org.sipmgw.devices.alsa;

import java.nio.ByteBuffer;
import java.util.function.ToLongFunction;
import org.sipmgw.spi.DeviceException;

/** The way to a PCM: the kernel or libasound. */
interface PcmOpener {

    /**
     * Opens and prepares.
     *
     * @throws DeviceException when it cannot be opened so; nothing stays open then
     */
    PcmPort open(PcmRequest request);

    /** Tells where a direct buffer lies in memory. */
    ToLongFunction<ByteBuffer> memory();

    static PcmOpener of(boolean byName) {
        return byName ? libasound() : kernel(new LibcDevice());
    }

    static PcmOpener kernel(KernelCalls kernel) {
        return new PcmOpener() {
            @Override
            public PcmPort open(PcmRequest request) {
                return KernelPcm.open(kernel, request);
            }

            @Override
            public ToLongFunction<ByteBuffer> memory() {
                return kernel::address;
            }
        };
    }

    static PcmOpener libasound() {
        return new PcmOpener() {
            @Override
            public PcmPort open(PcmRequest request) {
                return LibasoundDevice.open(request);
            }

            @Override
            public ToLongFunction<ByteBuffer> memory() {
                return LibasoundDevice::address;
            }
        };
    }
}
