package org.sipmgw.devices.alsa;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
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

    private final KernelCalls kernel;
    private final String node;
    private final int fd;
    private final ByteBuffer element =
            ByteBuffer.allocateDirect(PcmLayout.ELEM_BYTES).order(ByteOrder.nativeOrder());
    private int value = NOMINAL;

    private RateShift(KernelCalls kernel, String node, int fd) {
        this.kernel = kernel;
        this.node = node;
        this.fd = fd;
    }

    /**
     * Opens the control of what is played on a device.
     *
     * @throws DeviceException when it cannot be set
     */
    static RateShift playback(KernelCalls kernel, SoundCard card, int device, int subdevice) {
        // the module counts a direction by the device that records it
        return open(kernel, card, 1 - device, subdevice);
    }

    private static RateShift open(KernelCalls kernel, SoundCard card, int device, int subdevice) {
        String node = card.control().toString();
        int fd = kernel.open(node, KernelCalls.O_RDWR | KernelCalls.O_NONBLOCK | KernelCalls.O_CLOEXEC);
        if (fd < 0) {
            throw new DeviceException(node, "open", Errno.text(fd));
        }
        RateShift shift = new RateShift(kernel, node, fd);
        shift.element.putInt(PcmLayout.ELEM_IFACE, INTERFACE_PCM);
        shift.element.putInt(PcmLayout.ELEM_DEVICE, device);
        shift.element.putInt(PcmLayout.ELEM_SUBDEVICE, subdevice);
        shift.element.put(PcmLayout.ELEM_NAME, ELEMENT.getBytes(StandardCharsets.US_ASCII));
        try {
            shift.set(NOMINAL);
            return shift;
        } catch (DeviceException e) {
            kernel.close(fd);
            throw e;
        }
    }

    private void set(int wanted) {
        element.putLong(PcmLayout.ELEM_VALUE, wanted);
        int result = kernel.ioctl(fd, PcmLayout.ELEM_WRITE, element);
        if (result < 0) {
            throw new DeviceException(node, "ELEM_WRITE " + ELEMENT, Errno.text(result));
        }
        value = wanted;
    }

    /** The value is the length of a second: a larger one is slower. Never throws: a control that has gone goes with its card, which the stream notices. */
    @Override
    public void ppm(double ppm) {
        int wanted = NOMINAL - (int) Math.round(ppm / PPM_PER_STEP);
        if (wanted != value) {
            element.putLong(PcmLayout.ELEM_VALUE, wanted);
            kernel.ioctl(fd, PcmLayout.ELEM_WRITE, element);
            value = wanted;
        }
    }

    @Override
    public ByteBuffer apply(ByteBuffer frames) {
        return frames;
    }

    @Override
    public void close() {
        ppm(0);
        kernel.close(fd);
    }
}
