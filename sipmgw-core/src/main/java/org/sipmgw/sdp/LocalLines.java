package org.sipmgw.sdp;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes our media lines, in answers and offers. */
final class LocalLines {

    /** Bits of IP, UDP and RTP headers (IPv4) of one packet, which b=AS counts and b=TIAS does not. */
    private static final int HEADER_BITS = 40 * 8;

    private static final int PACKET_BITS = 1200 * 8;

    private final LocalMedia media;
    private final MediaCapabilities capabilities;
    private final SecurityTerms security;

    LocalLines(LocalMedia media, MediaCapabilities capabilities, EncryptionPolicy policy) {
        this.security = SecurityTerms.of(policy, capabilities, media);
        this.media = media;
        this.capabilities = capabilities;
    }

    LocalMedia media() {
        return media;
    }

    RtpTerms terms() {
        return capabilities.terms();
    }

    SecurityTerms security() {
        return security;
    }

    /** What we can on a line of {@code kind}. */
    List<RtpCodec> codecs(MediaKind kind) {
        return switch (kind) {
            case AUDIO -> capabilities.audio();
            case VIDEO -> capabilities.video();
            case OTHER -> List.of();
        };
    }

    /** The {@code c=} line of all our media. */
    ConnectionData connection() {
        return ConnectionData.of(media.statedAddress());
    }

    /** An active line of {@code codecs}, which already state what we receive, and further attributes. */
    MediaDescription active(MediaKind kind, String protocol, List<RtpCodec> codecs, List<Attribute> further) {
        List<String> formats = new ArrayList<>();
        List<Attribute> attributes = new ArrayList<>();
        for (RtpCodec codec : codecs) {
            formats.add(Integer.toString(codec.payloadType()));
            attributes.add(codec.rtpmap());
            codec.fmtp().ifPresent(attributes::add);
        }
        attributes.addAll(further);
        String name = kind == MediaKind.AUDIO ? "audio" : "video";
        InetSocketAddress rtp = media.statedRtp(kind);
        MediaDescription line = MediaDescription.of(name, rtp.getPort(), protocol, formats, attributes);
        if (!rtp.getAddress().equals(media.statedAddress())) {
            line = line.withConnections(List.of(ConnectionData.of(rtp.getAddress())));
        }
        return kind == MediaKind.VIDEO ? line.withBandwidths(bandwidths()) : line;
    }

    private List<Bandwidth> bandwidths() {
        long bps = capabilities.receiveLimits().maxBitrateBps();
        long withHeaders = bps + bps * HEADER_BITS / PACKET_BITS;
        return List.of(new Bandwidth(Bandwidth.AS, (withHeaders + 999) / 1000), new Bandwidth(Bandwidth.TIAS, bps));
    }

    /** The line with port 0, its formats kept, as RFC 3264 section 6 refuses a stream. */
    static MediaDescription refused(MediaDescription line) {
        List<Attribute> mid = line.attributes().stream()
                .filter(attribute -> attribute.is("mid"))
                .toList();
        return MediaDescription.of(line.media(), 0, line.protocol(), line.formats(), mid);
    }

    /**
     * {@code codec} with the parameters that state what we receive. Profile and packetization mode of H.264 are those of
     * {@code codec}; all other parameters are {@code own} ones.
     */
    RtpCodec declared(RtpCodec codec, RtpCodec own) {
        VideoLimits limits = capabilities.receiveLimits();
        if (codec.is("H264")) {
            Optional<H264Format> format = H264Format.of(codec.parameters());
            return codec.withParameters(
                    format.map(found -> found.declaring(limits).parameters()).orElse(Map.of()));
        }
        if (codec.is("VP8")) {
            Map<String, String> parameters = new LinkedHashMap<>();
            int macroblocks = PictureSize.macroblocks(limits.maxWidth(), limits.maxHeight());
            parameters.put("max-fs", Integer.toString(macroblocks));
            parameters.put("max-fr", Integer.toString(limits.maxFrameRate()));
            return codec.withParameters(parameters);
        }
        return codec.withParameters(own.parameters());
    }
}
