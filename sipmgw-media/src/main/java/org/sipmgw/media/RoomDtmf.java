package org.sipmgw.media;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sipmgw.media.rtp.Arrival;
import org.sipmgw.media.rtp.KeyPackets;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.rtp.TelephoneEvents;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.NegotiatedStream;
import org.sipmgw.spi.MediaListener;

/** Keys of one stream, both ways: telephone events and, where switched on, tones. Belongs to the media thread. */
final class RoomDtmf {
    private final TelephoneEvents events = new TelephoneEvents();
    private final @Nullable InBandKeys tones;
    private final KeyPackets sent;
    private final MediaListener listener;
    private boolean sound;

    RoomDtmf(Optional<InBandKeys> tones, KeyPackets sent, MediaListener listener) {
        this.tones = tones.orElse(null);
        this.sent = sent;
        this.listener = listener;
    }

    /** What was agreed. */
    void agree(NegotiatedStream agreed) {
        sound = agreed.kind() == MediaKind.AUDIO;
        sent.format(
                Held.sends(agreed)
                        ? agreed.telephoneEvent()
                                .map(event -> new KeyPackets.Format(
                                        event.payloadType(), event.clockRateHz(), agreed.packetTimeMs()))
                                .orElse(null)
                        : null);
        if (sound && tones != null) {
            tones.agree(agreed);
        }
    }

    /** Nothing is agreed any more. */
    void end() {
        sent.format(null);
    }

    /** A telephone event has come. */
    void event(Packet packet) {
        if (tones != null) {
            tones.eventsCome();
        }
        char key = events.key(packet);
        if (key != 0) {
            listener.onDtmf(key);
        }
    }

    /** A packet of the stream's own codec has come. */
    void heard(Packet packet, Arrival arrival) {
        if (sound && tones != null && arrival != Arrival.LATE) {
            tones.heard(packet);
        }
    }
}
