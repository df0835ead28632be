package org.sipmgw.devices.alsa;

import org.sipmgw.devices.kernel.DeviceFile;
import org.sipmgw.devices.kernel.Errno;
import org.sipmgw.devices.kernel.Ioctl;
import org.sipmgw.devices.kernel.KernelCalls;
import org.sipmgw.devices.kernel.Structure;
import org.sipmgw.spi.DeviceException;

/** A PCM by the kernel's ioctls, set up and prepared. */
final class KernelPcm implements PcmPort {
    private final PcmRequest request;
    private final DeviceFile file;
    private final Structure transfer = new Structure(PcmLayout.XFER_BYTES);
    private final Structure status = new Structure(PcmLayout.STATUS_BYTES);
    private final Ioctl direction;
    private int periodFrames;
    private int bufferFrames;

    private KernelPcm(PcmRequest request, DeviceFile file) {
        this.request = request;
        this.file = file;
        this.direction = request.playback() ? PcmLayout.WRITEI : PcmLayout.READI;
    }

    /**
     * Opens and prepares.
     *
     * @throws DeviceException with device, call and errno; nothing stays open then
     */
    static KernelPcm open(KernelCalls kernel, PcmRequest request) {
        KernelPcm pcm = new KernelPcm(request, KernelOpening.open(kernel, request));
        try {
            KernelOpening.checkProtocol(pcm.file, request);
            pcm.configure();
            return pcm;
        } catch (RuntimeException e) {
            pcm.close();
            throw e;
        }
    }

    private void configure() {
        HwParams able = new HwParams();
        file.call(PcmLayout.HW_REFINE, able.structure());
        HwParams chosen = request.choose(able);
        file.call(PcmLayout.HW_PARAMS, chosen.structure());
        periodFrames = chosen.min(HwParams.PERIOD_SIZE);
        bufferFrames = chosen.min(HwParams.BUFFER_SIZE);
        file.call(PcmLayout.SW_PARAMS, SwParams.of(periodFrames, bufferFrames, request.playback()));
        int prepared = prepare();
        if (prepared < 0) {
            throw file.failure("PREPARE", -prepared);
        }
    }

    @Override
    public PcmRequest request() {
        return request;
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
        transfer.setLong(0, 0).setLong(PcmLayout.XFER_BUF, address).setLong(PcmLayout.XFER_FRAMES, frames);
        int result = file.tryCall(direction, transfer);
        return result < 0 ? result : (int) transfer.longAt(0);
    }

    @Override
    public int await(int timeoutMs) {
        return Math.min(file.poll(request.playback() ? KernelCalls.WRITABLE : KernelCalls.READABLE, timeoutMs), 1);
    }

    @Override
    public int prepare() {
        return file.tryCall(PcmLayout.PREPARE, 0);
    }

    @Override
    public int start() {
        return file.tryCall(PcmLayout.START, 0);
    }

    @Override
    public int drop() {
        return file.tryCall(PcmLayout.DROP, 0);
    }

    @Override
    public int queued() {
        int result = file.tryCall(PcmLayout.STATUS, status);
        if (result < 0) {
            return result;
        }
        int available = (int) Math.min(status.longAt(PcmLayout.STATUS_AVAIL), bufferFrames);
        return switch (state()) {
            case PcmLayout.STATE_XRUN -> -Errno.EPIPE;
            case PcmLayout.STATE_SUSPENDED -> -Errno.ESTRPIPE;
            case PcmLayout.STATE_DISCONNECTED -> -Errno.ENODEV;
            default -> request.playback() ? bufferFrames - available : available;
        };
    }

    private int state() {
        return status.intAt(PcmLayout.STATUS_STATE);
    }

    @Override
    public void close() {
        drop();
        file.close();
    }
}
