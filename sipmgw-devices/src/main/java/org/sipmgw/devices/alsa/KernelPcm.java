package org.sipmgw.devices.alsa;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.sipmgw.spi.DeviceException;

/** A PCM by the kernel's ioctls, set up and prepared. */
final class KernelPcm implements PcmPort {
    private final KernelCalls kernel;
    private final PcmRequest request;
    private final int fd;
    private final ByteBuffer transfer =
            ByteBuffer.allocateDirect(PcmLayout.XFER_BYTES).order(ByteOrder.nativeOrder());
    private final ByteBuffer status =
            ByteBuffer.allocateDirect(PcmLayout.STATUS_BYTES).order(ByteOrder.nativeOrder());
    private final long transferAddress;
    private final long statusAddress;
    private int periodFrames;
    private int bufferFrames;
    private boolean closed;

    private KernelPcm(KernelCalls kernel, PcmRequest request, int fd) {
        this.kernel = kernel;
        this.request = request;
        this.fd = fd;
        this.transferAddress = kernel.address(transfer);
        this.statusAddress = kernel.address(status);
    }

    /**
     * Opens and prepares.
     *
     * @throws DeviceException with device, call and errno; nothing stays open then
     */
    static KernelPcm open(KernelCalls kernel, PcmRequest request) {
        PcmLayout.check(String.valueOf(System.getProperty("os.arch")));
        int fd = KernelOpening.open(kernel, request);
        KernelPcm pcm = new KernelPcm(kernel, request, fd);
        try {
            KernelOpening.checkProtocol(kernel, request, fd);
            pcm.configure();
            return pcm;
        } catch (RuntimeException e) {
            pcm.close();
            throw e;
        }
    }

    private void configure() {
        HwParams able = new HwParams();
        must("HW_REFINE", PcmLayout.HW_REFINE, able.bytes());
        HwParams chosen = request.choose(able);
        must("HW_PARAMS", PcmLayout.HW_PARAMS, chosen.bytes());
        periodFrames = chosen.min(HwParams.PERIOD_SIZE);
        bufferFrames = chosen.min(HwParams.BUFFER_SIZE);
        must("SW_PARAMS", PcmLayout.SW_PARAMS, SwParams.of(periodFrames, bufferFrames, request.playback()));
        KernelOpening.must(request, "PREPARE", prepare());
    }

    private void must(String call, long number, ByteBuffer argument) {
        KernelOpening.must(request, call, kernel.ioctl(fd, number, argument));
    }

    @Override
    public String device() {
        return request.device();
    }

    @Override
    public PcmFormat format() {
        return request.format();
    }

    @Override
    public int periodFrames() {
        return periodFrames;
    }

    @Override
    public int bufferFrames() {
        return bufferFrames;
    }

    @Override
    public int transfer(long address, int frames) {
        transfer.putLong(0, 0);
        transfer.putLong(PcmLayout.XFER_BUF, address);
        transfer.putLong(PcmLayout.XFER_FRAMES, frames);
        long direction = request.playback() ? PcmLayout.WRITEI : PcmLayout.READI;
        int result = kernel.ioctl(fd, direction, transferAddress);
        return result < 0 ? result : (int) transfer.getLong(0);
    }

    @Override
    public int await(int timeoutMs) {
        int ready = kernel.poll(fd, request.playback() ? KernelCalls.POLLOUT : KernelCalls.POLLIN, timeoutMs);
        return Math.min(ready, 1);
    }

    @Override
    public int prepare() {
        return kernel.ioctl(fd, PcmLayout.PREPARE, 0);
    }

    @Override
    public int start() {
        return kernel.ioctl(fd, PcmLayout.START, 0);
    }

    @Override
    public int drop() {
        return kernel.ioctl(fd, PcmLayout.DROP, 0);
    }

    @Override
    public int drain() {
        int result = kernel.ioctl(fd, PcmLayout.DRAIN, 0);
        int errno = -result;
        if (errno != Errno.EAGAIN.number() && errno != Errno.EBADFD.number()) {
            return result;
        }
        // a second DRAIN of a device that has played everything is refused by its state
        int queued = queued();
        return queued == -Errno.EPIPE.number() || state() == PcmLayout.STATE_SETUP ? 0 : queued < 0 ? queued : result;
    }

    @Override
    public int queued() {
        int result = kernel.ioctl(fd, PcmLayout.STATUS, statusAddress);
        if (result < 0) {
            return result;
        }
        int available = (int) Math.min(status.getLong(PcmLayout.STATUS_AVAIL), bufferFrames);
        return switch (state()) {
            case PcmLayout.STATE_XRUN -> -Errno.EPIPE.number();
            case PcmLayout.STATE_SUSPENDED -> -Errno.ESTRPIPE.number();
            case PcmLayout.STATE_DISCONNECTED -> -Errno.ENODEV.number();
            default -> request.playback() ? bufferFrames - available : available;
        };
    }

    private int state() {
        return status.getInt(PcmLayout.STATUS_STATE);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            drop();
            kernel.close(fd);
        }
    }
}
