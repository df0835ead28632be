package org.sipmgw.devices.alsa;

import java.nio.file.Path;
import org.sipmgw.devices.kernel.DeviceFile;
import org.sipmgw.devices.kernel.KernelCalls;
import org.sipmgw.devices.kernel.Structure;
import org.sipmgw.spi.DeviceException;

/** The steps from a path to a file of exactly the wanted subdevice. */
final class KernelOpening {
    private static final int FLAGS = KernelCalls.READ_WRITE | KernelCalls.NON_BLOCKING;
    private static final int MAJOR = 16;

    private KernelOpening() {}

    /** Opens the node. A subdevice is wished for on the control node, by the same thread, until the PCM has been opened. */
    static DeviceFile open(KernelCalls kernel, PcmRequest request) {
        if (request.subdevice() < 0) {
            return DeviceFile.open(kernel, Path.of(request.device()), FLAGS);
        }
        try (DeviceFile control = DeviceFile.open(kernel, Path.of(request.control()), FLAGS)) {
            Structure number = new Structure(PcmLayout.INT_BYTES).setInt(0, request.subdevice());
            control.call(PcmLayout.PREFER_SUBDEVICE, number);
            return DeviceFile.open(kernel, Path.of(request.device()), FLAGS);
        }
    }

    /** Tells the kernel which protocol we speak, and looks whether it speaks that too and gave us the wanted subdevice. */
    static void checkProtocol(DeviceFile file, PcmRequest request) {
        Structure number = new Structure(PcmLayout.INT_BYTES);
        file.call(PcmLayout.PVERSION, number);
        int version = number.intAt(0);
        if (version >> MAJOR != PcmLayout.PROTOCOL >> MAJOR) {
            throw new DeviceException(
                    request.device(),
                    "PVERSION",
                    "protocol 0x" + Integer.toHexString(version) + ", 2.0.x is spoken here");
        }
        file.call(PcmLayout.USER_PVERSION, number.setInt(0, PcmLayout.PROTOCOL));
        Structure info = new Structure(PcmLayout.INFO_BYTES);
        file.call(PcmLayout.INFO, info);
        if (request.subdevice() >= 0 && info.intAt(PcmLayout.INFO_SUBDEVICE) != request.subdevice()) {
            throw new DeviceException(
                    request.device(), "open", "subdevice " + request.subdevice() + " is in use by another program");
        }
    }
}
