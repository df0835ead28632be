package org.sipmgw.devices.alsa;

import java.nio.ByteBuffer;
import org.sipmgw.devices.kernel.DeviceFile;
import org.sipmgw.devices.kernel.KernelCalls;
import org.sipmgw.devices.kernel.Structure;
import org.sipmgw.spi.DeviceException;

/**
 * Turns the clock of one direction of a loopback, by the control {@code PCM Rate Shift 100000} in steps of 10 ppm: the sound
 * itself stays exactly as it is. Back to nominal when closed. One thread.
 */
final class RateShift implements Trim {
    private static final String ELEMENT = "PCM Rate Shift 100000";
    private static final int NOMINAL = 100_000;
    private static final int PPM_PER_STEP = 1_000_000 / NOMINAL;
    private static final int INTERFACE_PCM = 3;

    private final DeviceFile control;
    private final Structure element = new Structure(PcmLayout.ELEM_BYTES);
    private int value = NOMINAL;

    private RateShift(DeviceFile control, int device, int subdevice) {
        this.control = control;
        element.setInt(PcmLayout.ELEM_IFACE, INTERFACE_PCM);
        // the module counts a direction by the device that records it
        element.setInt(PcmLayout.ELEM_DEVICE, 1 - device);
        element.setInt(PcmLayout.ELEM_SUBDEVICE, subdevice);
        element.setText(PcmLayout.ELEM_NAME, ELEMENT);
    }

    /**
     * Opens the control of what is played on a device.
     *
     * @throws DeviceException when it cannot be set
     */
    static RateShift playback(KernelCalls kernel, SoundCard card, int device, int subdevice) {
        DeviceFile control = DeviceFile.open(kernel, card.control(), KernelCalls.READ_WRITE | KernelCalls.NON_BLOCKING);
        RateShift shift = new RateShift(control, device, subdevice);
        int result = shift.set(NOMINAL);
        if (result < 0) {
            control.close();
            throw control.failure("ELEM_WRITE " + ELEMENT, -result);
        }
        return shift;
    }

    private int set(int wanted) {
        value = wanted;
        element.setLong(PcmLayout.ELEM_VALUE, wanted);
        return control.tryCall(PcmLayout.ELEM_WRITE, element);
    }

    /**
     * The value is the length of a second: a larger one is slower. Never throws: a control that has gone goes with its card,
     * which the stream notices.
     */
    @Override
    public void ppm(double ppm) {
        int wanted = NOMINAL - (int) Math.round(ppm / PPM_PER_STEP);
        if (wanted != value) {
            set(wanted);
        }
    }

    @Override
    public ByteBuffer apply(ByteBuffer frames) {
        return frames;
    }

    @Override
    public void close() {
        ppm(0);
        control.close();
    }
}
