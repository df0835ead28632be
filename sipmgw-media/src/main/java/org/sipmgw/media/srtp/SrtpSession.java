package org.sipmgw.media.srtp;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.srtp.crypto.Aes;
import org.sipmgw.media.rtp.Bytes;
import org.sipmgw.media.rtp.Packet;

/**
 * Protects what one side sends and opens what it receives, in place; one context for each SSRC. Packets must have 32
 * bytes of room behind them. Belongs to one thread.
 */
public final class SrtpSession implements AutoCloseable {
    private static final Logger LOG = System.getLogger(SrtpSession.class.getName());

    /** Forged packets must not be able to fill the memory with contexts. */
    private static final int MAX_STREAMS = 32;

    private final SrtpKeys keys;
    private final boolean gcm;
    private final SrtpContextFactory sending;
    private final SrtpContextFactory receiving;
    private final SsrcTable<GcmProtector> gcmOut = new SsrcTable<>(MAX_STREAMS);
    private final SsrcTable<SrtpCryptoContext> rtpOut = new SsrcTable<>(MAX_STREAMS);
    private final SsrcTable<SrtpCryptoContext> rtpIn = new SsrcTable<>(MAX_STREAMS);
    private final SsrcTable<SrtcpCryptoContext> rtcpOut = new SsrcTable<>(MAX_STREAMS);
    private final SsrcTable<SrtcpCryptoContext> rtcpIn = new SsrcTable<>(MAX_STREAMS);
    private final PacketBuffer view = new PacketBuffer();

    static {
        // else the library runs a benchmark of one to two seconds when the first context is made
        Aes.setFactoryClassName("OpenSSL");
    }

    /** A session with these keys. */
    public SrtpSession(SrtpKeys keys) {
        this.keys = keys;
        SrtpProfile profile = keys.profile();
        gcm = profile.isGcm() && GcmProtector.isAvailable();
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

    /** Protects an RTP packet. */
    public SrtpStatus protectRtp(Packet packet) {
        try {
            if (gcm) {
                return protectGcm(packet);
            }
            SrtpCryptoContext context = rtpOut.get(packet.ssrc());
            if (context == null) {
                context = sending.deriveContext(packet.ssrc(), 0);
                if (!rtpOut.put(packet.ssrc(), context)) {
                    return SrtpStatus.REFUSED;
                }
            }
            return finish(packet, context.transformPacket(view.of(packet)));
        } catch (GeneralSecurityException e) {
            return refused(e);
        }
    }

    private SrtpStatus protectGcm(Packet packet) throws GeneralSecurityException {
        GcmProtector protector = gcmOut.get(packet.ssrc());
        if (protector == null) {
            protector = GcmProtector.ofMaster(keys.sendKey(), keys.sendSalt());
            if (!gcmOut.put(packet.ssrc(), protector)) {
                return SrtpStatus.REFUSED;
            }
        }
        return protector.protect(packet);
    }

    /** Opens an RTP packet; when it is not {@link SrtpStatus#OK}, its contents are undefined. */
    public SrtpStatus unprotectRtp(Packet packet) {
        try {
            SrtpCryptoContext context = rtpIn.get(packet.ssrc());
            boolean known = context != null;
            if (context == null) {
                context = receiving.deriveContext(packet.ssrc(), 0);
            }
            SrtpStatus status = finish(packet, context.reverseTransformPacket(view.of(packet), false));
            if (!known && status == SrtpStatus.OK && !rtpIn.put(packet.ssrc(), context)) {
                return SrtpStatus.REFUSED;
            }
            return status;
        } catch (GeneralSecurityException e) {
            return refused(e);
        }
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
        try {
            int ssrc = Bytes.int32(packet.buffer(), packet.offset() + 4);
            SrtcpCryptoContext context = rtcpIn.get(ssrc);
            boolean known = context != null;
            if (context == null) {
                context = receiving.deriveControlContext(ssrc);
            }
            SrtpStatus status = finish(packet, context.reverseTransformPacket(view.of(packet)));
            if (!known && status == SrtpStatus.OK && !rtcpIn.put(ssrc, context)) {
                return SrtpStatus.REFUSED;
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
