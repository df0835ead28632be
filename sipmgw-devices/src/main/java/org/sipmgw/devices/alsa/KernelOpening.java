package org.sipmgw.devices.alsa;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.sipmgw.spi.DeviceException;

/** The steps from a path to a descriptor of exactly the wanted subdevice. */
final class KernelOpening {
    private static final int FLAGS = KernelCalls.O_RDWR | KernelCalls.O_NONBLOCK | KernelCalls.O_CLOEXEC;
    private static final int MAJOR = 16;

    private KernelOpening() {}

    /** Opens the node. A subdevice is wished for on the control node, by the same thread, until the PCM has been opened. */
    static int open(KernelCalls kernel, PcmRequest request) {
        if (request.subdevice() < 0) {
            return must(request, "open", kernel.open(request.device(), FLAGS));
        }
        int control = kernel.open(request.control(), FLAGS);
        must(request, "open " + request.control(), control);
        try {
            ByteBuffer number = number().putInt(0, request.subdevice());
            must(request, "PCM_PREFER_SUBDEVICE", kernel.ioctl(control, PcmLayout.PREFER_SUBDEVICE, number));
            return must(request, "open", kernel.open(request.device(), FLAGS));
        } finally {
            kernel.close(control);
        }
    }

    /** Tells the kernel which protocol we speak, and looks whether it speaks that too and gave us the wanted subdevice. */
    static void checkProtocol(KernelCalls kernel, PcmRequest request, int fd) {
        ByteBuffer number = number();
        must(request, "PVERSION", kernel.ioctl(fd, PcmLayout.PVERSION, number));
        int version = number.getInt(0);
        if (version >> MAJOR != PcmLayout.PROTOCOL >> MAJOR) {
            throw new DeviceException(
                    request.device(),
                    "PVERSION",
                    "protocol 0x" + Integer.toHexString(version) + ", 2.0.x is spoken here");
        }
        number.putInt(0, PcmLayout.PROTOCOL);
        must(request, "USER_PVERSION", kernel.ioctl(fd, PcmLayout.USER_PVERSION, number));
        ByteBuffer info = ByteBuffer.allocateDirect(PcmLayout.INFO_BYTES).order(ByteOrder.nativeOrder());
        must(request, "INFO", kernel.ioctl(fd, PcmLayout.INFO, info));
        int given = info.getInt(PcmLayout.INFO_SUBDEVICE);
        if (request.subdevice() >= 0 && given != request.subdevice()) {
            throw new DeviceException(
                    request.device(), "open", "subdevice " + request.subdevice() + " is in use by another program");
        }
    }

    /** The result, when it is none of failure. */
    static int must(PcmRequest request, String call, int result) {
        if (result < 0) {
            throw new DeviceException(request.device(), call, Errno.text(result));
        }
        return result;
    }

    private static ByteBuffer number() {
        return ByteBuffer.allocateDirect(PcmLayout.INT_BYTES).order(ByteOrder.nativeOrder());
    }
}
