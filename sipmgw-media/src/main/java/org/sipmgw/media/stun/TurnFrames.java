package org.sipmgw.media.stun;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.sipmgw.media.net.StreamPort;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.rtp.PacketPool;

/** Finds messages and ChannelData in a stream (RFC 8656 section 12.5): the latter are padded there. */
final class TurnFrames implements StreamPort.Handler {
    private final PacketPool pool;
    private final Output output;
    private final Consumer<String> end;
    private boolean broken;

    /** Takes one frame without its padding; on the media thread. */
    interface Output {
        /** The packet is the caller's again when this returns. */
        void frame(Packet packet, long nowNs);
    }

    TurnFrames(PacketPool pool, Output output, Consumer<String> end) {
        this.pool = pool;
        this.output = output;
        this.end = end;
    }

    @Override
    public void bytes(ByteBuffer bytes, long nowNs) {
        while (!broken && bytes.remaining() >= 4) {
            int at = bytes.position();
            int kind = bytes.get(at) & 0xC0;
            if (kind > 0x40) {
                broken = true;
                end.accept("what it sends is not TURN");
                return;
            }
            int header = kind == 0 ? Stun.HEADER : 4;
            int length = header + (bytes.getShort(at + 2) & 0xFFFF);
            int padded = (length + 3) & ~3;
            if (bytes.remaining() < padded) {
                return;
            }
            frame(bytes, length, nowNs);
            bytes.position(at + padded);
        }
    }

    private void frame(ByteBuffer bytes, int length, long nowNs) {
        Packet packet = pool.acquire(length);
        try {
            bytes.get(packet.buffer(), packet.offset(), length);
            output.frame(packet, nowNs);
        } finally {
            pool.release(packet);
        }
    }

    @Override
    public void ended(String detail) {
        end.accept(detail);
    }
}
