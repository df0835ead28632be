package org.sipmgw.devices.alsa;

import java.nio.ByteBuffer;
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

    private final String device;
    private final String control;
    private final int subdevice;
    private final PcmFormat format;
    private final int latencyMs;

    private Pcm(String device, String control, int subdevice, PcmFormat format, int latencyMs) {
        this.device = device;
        this.control = control;
        this.subdevice = subdevice;
        this.format = format;
        this.latencyMs = latencyMs;
    }

    private static String node(SoundCard card, int device) {
        String playback = card.pcm(device, true).toString();
        return playback.substring(0, playback.length() - 1);
    }

    private static Pcm of(String device, String control) {
        return new Pcm(device, control, ANY, PcmFormat.s16(48_000, 2), 40);
    }

    /** A device of a card, by the kernel alone: no conversion. The first free subdevice where none is named. */
    public static Pcm on(SoundCard card, int device) {
        return of(node(card, device), card.control().toString());
    }

    /** By libasound's name, such as {@code default}, {@code plughw:CARD=Loopback,DEV=1} or one of asound.conf. */
    public static Pcm named(String name) {
        return of(name, "");
    }

    /** Exactly this subdevice; of a device by {@link #on} only. */
    public Pcm subdevice(int number) {
        if (control.isEmpty() || number < 0) {
            throw new IllegalArgumentException(
                    "subdevice " + number + " of " + device + ": name it as part of the name");
        }
        return new Pcm(device, control, number, format, latencyMs);
    }

    /** Stereo, 48 kHz, 16 bits where not given. */
    public Pcm format(PcmFormat wanted) {
        return new Pcm(device, control, subdevice, wanted, latencyMs);
    }

    /** How much sound waits in the device, 5 to 2,000 ms; 40 where not given. The device's buffer is three to four times that. */
    public Pcm latencyMs(int wanted) {
        if (wanted < 5 || wanted > 2_000) {
            throw new IllegalArgumentException("latencyMs " + wanted + ": 5 to 2000 is allowed");
        }
        return new Pcm(device, control, subdevice, format, wanted);
    }

    /**
     * Opens it to play.
     *
     * @throws DeviceException with device, call and errno when it cannot be opened so
     */
    public PcmPlayback playback() {
        return playback(PcmOpener.of(control.isEmpty()));
    }

    /**
     * Opens it to record, running.
     *
     * @throws DeviceException with device, call and errno when it cannot be opened so
     */
    public PcmCapture capture() {
        return capture(PcmOpener.of(control.isEmpty()));
    }

    PcmPlayback playback(PcmOpener opener) {
        PcmRequest request = request(true);
        PcmPort port = opener.open(request);
        ByteBuffer silence = ByteBuffer.allocateDirect(port.periodFrames() * format.frameBytes());
        return new OpenPlayback(
                port, request, memory(opener, port), silence, opener.memory().applyAsLong(silence));
    }

    PcmCapture capture(PcmOpener opener) {
        PcmRequest request = request(false);
        PcmPort port = opener.open(request);
        try {
            KernelOpening.must(request, "START", port.start());
        } catch (DeviceException e) {
            port.close();
            throw e;
        }
        return new OpenCapture(port, request, memory(opener, port));
    }

    private FrameMemory memory(PcmOpener opener, PcmPort port) {
        return new FrameMemory(opener.memory(), port.periodFrames() * format.frameBytes());
    }

    private PcmRequest request(boolean playback) {
        return new PcmRequest(
                device + (control.isEmpty() ? "" : playback ? "p" : "c"),
                control,
                subdevice,
                playback,
                format,
                latencyMs);
    }
}
