package org.sipmgw.media.srtp;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpErrorStatus;
import org.sipmgw.media.internal.log.QuietLogger;
import org.sipmgw.media.rtp.Bytes;
import org.sipmgw.media.rtp.Packet;

/**
 * Protects what one side sends and opens what it receives, in place; one state for each SSRC. Packets must have 32
 * bytes of room behind them. Nothing is allocated for an RTP packet but where a new stream begins or one is forged;
 * RTCP goes through the library's contexts. Belongs to one thread.
 */
public final class SrtpSession implements AutoCloseable {
    private static final Logger LOG = System.getLogger(SrtpSession.class.getName());

    /** Bytes of room that a packet must have behind it. */
    public static final int MAX_OVERHEAD = 32;

    /** Nobody can fill the memory with streams: we send no further ones, and one received takes the place of one that is silent. */
    private static final int MAX_STREAMS = 32;

    private final SrtpProfile profile;
    private final int mkiBytes;
    private final RtpCipher sendCipher;
    private final RtpCipher receiveCipher;
    private final SrtpContextFactory sending;
    private final SrtpContextFactory receiving;
    private final SsrcTable<SendCounter> rtpOut = new SsrcTable<>(MAX_STREAMS);
    private final SsrcTable<ReceiveWindow> rtpIn = new SsrcTable<>(MAX_STREAMS);
    private final SsrcTable<SrtcpCryptoContext> rtcpOut = new SsrcTable<>(MAX_STREAMS);
    private final SsrcTable<SrtcpCryptoContext> rtcpIn = new SsrcTable<>(MAX_STREAMS);
    private final PacketBuffer view = new PacketBuffer();
    /** Of a stream that has yet to show an authentic packet. */
    private ReceiveWindow candidate = new ReceiveWindow();

    /** A session with these keys. */
    public SrtpSession(SrtpKeys keys) {
        this(keys, 0);
    }

    /** As above, where the other side's packets have a master key identifier of so many bytes. */
    public SrtpSession(SrtpKeys keys, int remoteMkiBytes) {
        profile = keys.profile();
        mkiBytes = remoteMkiBytes;
        try {
            sendCipher = RtpCipher.of(profile, keys.sendKey(), keys.sendSalt());
            receiveCipher = RtpCipher.of(profile, keys.receiveKey(), keys.receiveSalt());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks a cipher of " + profile, e);
        }
        sending = new SrtpContextFactory(
                true,
                keys.sendKey().clone(),
                keys.sendSalt().clone(),
                profile.rtpPolicy(),
                profile.rtcpPolicy(),
                QuietLogger.INSTANCE);
        receiving = new SrtpContextFactory(
                false,
                keys.receiveKey().clone(),
                keys.receiveSalt().clone(),
                profile.rtpPolicy(),
                profile.rtcpPolicy(),
                QuietLogger.INSTANCE);
    }

    /** How packets are protected. */
    public SrtpProfile profile() {
        return profile;
    }

    /** Protects an RTP packet. */
    public SrtpStatus protectRtp(Packet packet) {
        SendCounter counter = rtpOut.get(packet.ssrc());
        if (counter == null) {
            counter = new SendCounter();
            if (!rtpOut.put(packet.ssrc(), counter)) {
                return SrtpStatus.REFUSED;
            }
        }
        try {
            int rollOver = counter.rollOver(packet.sequence());
            return sendCipher.protect(packet, rollOver) ? SrtpStatus.OK : SrtpStatus.REFUSED;
        } catch (GeneralSecurityException e) {
            return refused(e);
        }
    }

    /** Opens an RTP packet with a whole header; when it is not {@link SrtpStatus#OK}, its contents are undefined. */
    public SrtpStatus unprotectRtp(Packet packet) {
        if (mkiBytes > 0 && !MasterKeyIdentifier.remove(packet, mkiBytes, profile.tagBehind(false))) {
            return SrtpStatus.REFUSED;
        }
        if (packet.length() < packet.headerLength()) {
            return SrtpStatus.REFUSED;
        }
        ReceiveWindow known = rtpIn.get(packet.ssrc());
        ReceiveWindow window = known == null ? candidate : known;
        int rollOver = window.rollOver(packet.sequence());
        long index = ReceiveWindow.index(rollOver, packet.sequence());
        if (!window.isFresh(index)) {
            return SrtpStatus.REPLAYED;
        }
        try {
            if (!receiveCipher.open(packet, rollOver)) {
                return SrtpStatus.FORGED;
            }
        } catch (GeneralSecurityException e) {
            return refused(e);
        }
        if (known == null) {
            rtpIn.putByForce(packet.ssrc(), window);
            candidate = new ReceiveWindow();
        }
        window.receive(index);
        return SrtpStatus.OK;
    }

    /** Protects a compound RTCP packet. */
    public SrtpStatus protectRtcp(Packet packet) {
        try {
            int ssrc = Bytes.int32(packet.buffer(), packet.offset() + 4);
            SrtcpCryptoContext context = rtcpOut.get(ssrc);
            if (context == null) {
                context = sending.deriveControlContext(ssrc);
                if (!rtcpOut.put(ssrc, context)) {
                    return SrtpStatus.REFUSED;
                }
            }
            return finish(packet, context.transformPacket(view.of(packet)));
        } catch (GeneralSecurityException e) {
            return refused(e);
        }
    }

    /** Opens a compound RTCP packet; when it is not {@link SrtpStatus#OK}, its contents are undefined. */
    public SrtpStatus unprotectRtcp(Packet packet) {
        if (mkiBytes > 0 && !MasterKeyIdentifier.remove(packet, mkiBytes, profile.tagBehind(true))) {
            return SrtpStatus.REFUSED;
        }
        try {
            int ssrc = Bytes.int32(packet.buffer(), packet.offset() + 4);
            SrtcpCryptoContext context = rtcpIn.get(ssrc);
            boolean known = context != null;
            if (context == null) {
                context = receiving.deriveControlContext(ssrc);
            }
            SrtpStatus status = finish(packet, context.reverseTransformPacket(view.of(packet)));
            if (!known && status == SrtpStatus.OK) {
                rtcpIn.putByForce(ssrc, context);
            }
            return status;
        } catch (GeneralSecurityException e) {
            return refused(e);
        }
    }

    private SrtpStatus finish(Packet packet, SrtpErrorStatus status) {
        view.writeBack(packet);
        return switch (status) {
            case OK -> SrtpStatus.OK;
            case REPLAY_FAIL, REPLAY_OLD -> SrtpStatus.REPLAYED;
            case AUTH_FAIL -> SrtpStatus.FORGED;
            default -> SrtpStatus.REFUSED;
        };
    }

    private static SrtpStatus refused(GeneralSecurityException e) {
        LOG.log(Level.DEBUG, "SRTP", e);
        return SrtpStatus.REFUSED;
    }

    /** Wipes the master keys. */
    @Override
    public void close() {
        sending.close();
        receiving.close();
    }
}
