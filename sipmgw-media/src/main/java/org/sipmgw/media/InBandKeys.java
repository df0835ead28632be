package org.sipmgw.media;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;
import org.sipmgw.media.gst.RtpAudioDecoder;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.tone.ToneKeys;
import org.sipmgw.sdp.NegotiatedStream;
import org.sipmgw.sdp.RtpCodec;
import org.sipmgw.spi.DeviceException;
import org.sipmgw.spi.MediaListener;

/**
 * Hears keys in the room's sound, where that was switched on and until the first telephone event tells that the room
 * sends those. Decodes sound for nothing else. Packets come on the media thread; the decoder is made and ended on others.
 */
final class InBandKeys {
    private static final Logger LOG = System.getLogger(InBandKeys.class.getName());
    private static final int SAMPLE_RATE_HZ = 48_000;

    private final SerialExecutor serial;
    private final MediaListener listener;
    private volatile @Nullable RtpAudioDecoder decoder;
    private @Nullable RtpCodec codec;
    private volatile boolean needless;
    private boolean closed;

    InBandKeys(SerialExecutor serial, MediaListener listener) {
        this.serial = serial;
        this.listener = listener;
    }

    /** What the room sends from now on. */
    void agree(NegotiatedStream agreed) {
        RtpCodec next = agreed.codec();
        serial.execute(() -> {
            if (!closed && !needless && !next.equals(codec)) {
                end();
                codec = next;
                open(next);
            }
        });
    }

    private void open(RtpCodec next) {
        ToneKeys tones = new ToneKeys(SAMPLE_RATE_HZ);
        try {
            decoder = new RtpAudioDecoder(next, (samples, count, timestamp) -> tones.hear(samples, count, this::key));
        } catch (DeviceException | IllegalArgumentException e) {
            LOG.log(Level.WARNING, "keys are not heard in the room''s sound: {0}", e.getMessage());
        }
    }

    private void key(char key) {
        if (!needless) {
            listener.onDtmf(key);
        }
    }

    /** A packet of sound, in order. */
    void heard(Packet packet) {
        RtpAudioDecoder open = decoder;
        if (open != null && !needless) {
            try {
                open.packet(packet.buffer(), packet.offset(), packet.length());
            } catch (IllegalStateException e) {
                LOG.log(Level.TRACE, "the decoder is being closed", e);
            }
        }
    }

    /** The room sends telephone events: what is heard beside them is the same keys again. */
    void eventsCome() {
        if (!needless) {
            needless = true;
            serial.execute(this::end);
        }
    }

    private void end() {
        RtpAudioDecoder open = decoder;
        decoder = null;
        if (open != null) {
            open.close();
        }
    }

    /** Ends for good; waits. Not on the media thread. */
    void close() {
        serial.await(() -> {
            closed = true;
            end();
        });
    }
}
