package org.sipmgw.devices.alsa;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.sipmgw.devices.kernel.Errno;
import org.sipmgw.devices.kernel.KernelCalls;
import org.sipmgw.devices.kernel.Structure;
import org.sipmgw.spi.DeviceException;

/**
 * Opens sound devices. Raw by card, device and subdevice where the format is fixed, as with a loopback; by libasound where
 * names and conversion are wanted. Immutable; each setting gives a new one.
 *
 * <pre>{@code
 * try (PcmPlayback microphone = Pcm.on(card, 0).format(PcmFormat.s16(48_000, 2)).latencyMs(40).playback()) {
 *     microphone.write(frames);
 * }
 * }</pre>
 */
public final class Pcm {
    private static final int ANY = -1;

    private final @Nullable SoundCard card;
    private final int device;
    private final String name;
    private final int subdevice;
    private final PcmFormat format;
    private final int latencyMs;

    private Pcm(@Nullable SoundCard card, int device, String name, int subdevice, PcmFormat format, int latencyMs) {
        this.card = card;
        this.device = device;
        this.name = name;
        this.subdevice = subdevice;
        this.format = format;
        this.latencyMs = latencyMs;
    }

    /** A device of a card, by the kernel alone: no conversion. The first free subdevice where none is named. */
    public static Pcm on(SoundCard card, int device) {
        return new Pcm(card, device, card.id(), ANY, PcmFormat.s16(48_000, 2), 40);
    }

    /** By libasound's name, such as {@code default}, {@code plughw:CARD=Loopback,DEV=1} or one of asound.conf. */
    public static Pcm named(String name) {
        return new Pcm(null, 0, name, ANY, PcmFormat.s16(48_000, 2), 40);
    }

    /** Exactly this subdevice; of a device by {@link #on} only. */
    public Pcm subdevice(int number) {
        if (card == null || number < 0) {
            throw new IllegalArgumentException("subdevice " + number + " of " + name + ": name it as part of the name");
        }
        return new Pcm(card, device, name, number, format, latencyMs);
    }

    /** Stereo, 48 kHz, 16 bits where not given. */
    public Pcm format(PcmFormat wanted) {
        return new Pcm(card, device, name, subdevice, wanted, latencyMs);
    }

    /** How much sound waits in the device, 5 to 2,000 ms; 40 where not given. The device's buffer is three to four times that. */
    public Pcm latencyMs(int wanted) {
        if (wanted < 5 || wanted > 2_000) {
            throw new IllegalArgumentException("latencyMs " + wanted + ": 5 to 2000 is allowed");
        }
        return new Pcm(card, device, name, subdevice, format, wanted);
    }

    /**
     * Opens it to play, at the device's own pace.
     *
     * @throws DeviceException with device, call and errno when it cannot be opened so
     */
    public PcmPlayback playback() {
        return playback(PcmOpener.of(card == null));
    }

    /**
     * Opens it to record, running.
     *
     * @throws DeviceException with device, call and errno when it cannot be opened so
     */
    public PcmCapture capture() {
        return capture(PcmOpener.of(card == null));
    }

    /**
     * Opens it to play sound that comes at another pace, and may go and return. The first subdevice where none is named. The
     * latency should be twice what is offered at once, or more.
     *
     * @throws DeviceException with device, call and errno when it cannot be opened so
     */
    public ClockedPlayback clockedPlayback(DeviceEvents events) {
        return new ClockedPlayback(this::clockedEnd, request(true).latencyFrames(), events, System::nanoTime);
    }

    private PlaybackEnd clockedEnd() {
        SoundCard now = card == null ? null : card.again();
        int chosen = card == null ? ANY : Math.max(subdevice, 0);
        PcmPlayback stream = new Pcm(now, device, name, chosen, format, latencyMs).playback();
        try {
            Trim trim = now != null && now.loopback()
                    ? RateShift.playback(KernelCalls.running(), now, device, chosen)
                    : new ResamplingTrim(format, format.frames(ClockedPlayback.MAX_AT_ONCE));
            return new PlaybackEnd(stream, trim);
        } catch (DeviceException e) {
            stream.close();
            throw e;
        }
    }

    PcmPlayback playback(PcmOpener opener) {
        PcmRequest request = request(true);
        PcmPort port = opener.open(request);
        ByteBuffer silence = ByteBuffer.allocateDirect(port.periodFrames() * format.frameBytes());
        return new OpenPlayback(port, request, memory(port), silence, Structure.addressOf(silence));
    }

    PcmCapture capture(PcmOpener opener) {
        PcmRequest request = request(false);
        PcmPort port = opener.open(request);
        int started = port.start();
        if (started < 0) {
            port.close();
            throw new DeviceException(port.device(), "START", Errno.text(-started));
        }
        return new OpenCapture(port, request, memory(port));
    }

    private FrameMemory memory(PcmPort port) {
        return new FrameMemory(port.periodFrames() * format.frameBytes());
    }

    private PcmRequest request(boolean playback) {
        String path = card == null ? name : card.pcm(device, playback).toString();
        String control = card == null ? "" : card.control().toString();
        return new PcmRequest(path, control, subdevice, playback, format, latencyMs);
    }
}
