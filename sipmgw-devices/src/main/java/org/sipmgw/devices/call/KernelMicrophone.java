package org.sipmgw.devices.call;

import java.nio.ByteBuffer;
import org.sipmgw.devices.alsa.CardLease;
import org.sipmgw.devices.alsa.ClockedPlayback;
import org.sipmgw.devices.alsa.DeviceEvents;
import org.sipmgw.devices.alsa.Pcm;
import org.sipmgw.devices.alsa.PcmFormat;
import org.sipmgw.spi.MicrophonePort;

/** One side of a loopback card as a call's: what is played on its device 0 the browser records on device 1. */
final class KernelMicrophone implements MicrophonePort {
    private static final int PLAYED = 0;
    private static final int RECORDED = 1;
    private static final int SUBDEVICE = 0;

    private final CardLease lease;
    private final ClockedPlayback playback;

    private KernelMicrophone(CardLease lease, ClockedPlayback playback) {
        this.lease = lease;
        this.playback = playback;
    }

    /** Begins to play silence on a card, which belongs to the microphone from then on. */
    static KernelMicrophone on(CardLease lease, int latencyMs) {
        return new KernelMicrophone(
                lease,
                Pcm.on(lease.card(), PLAYED)
                        .subdevice(SUBDEVICE)
                        .format(PcmFormat.s16(48_000, 2))
                        .latencyMs(latencyMs)
                        .clockedPlayback(DeviceEvents.NONE));
    }

    @Override
    public String label() {
        return "Microphone " + lease.card().id();
    }

    @Override
    public String device() {
        return "card " + lease.card().id();
    }

    @Override
    public String recorded() {
        return "hw:CARD=" + lease.card().id() + ",DEV=" + RECORDED + ",SUBDEV=" + SUBDEVICE;
    }

    @Override
    public void sound(ByteBuffer samples) {
        // what has no room is counted there
        var unused = playback.offer(samples);
    }

    @Override
    public void close() {
        try (lease) {
            playback.close();
        }
    }
}
