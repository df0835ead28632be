package org.sipmgw.sdp;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One media line and what belongs to it (RFC 8866 section 5.14). Order of attributes is kept, unknown ones too.
 *
 * @param media as written, for example {@code audio}
 * @param port 0 refuses or removes the stream (RFC 3264 sections 6 and 8.2)
 * @param portCount 1 unless written as "port/count"
 * @param protocol as written, for example {@code RTP/AVP}
 * @param formats payload types, or what the protocol has in their place
 * @param title {@code i=}
 * @param connections {@code c=} of this line; more than one only with multicast
 * @param bandwidths {@code b=} of this line
 * @param key {@code k=}, obsolete, kept
 * @param attributes {@code a=} of this line
 */
public record MediaDescription(
        String media,
        int port,
        int portCount,
        String protocol,
        List<String> formats,
        Optional<SdpLine> title,
        List<ConnectionData> connections,
        List<Bandwidth> bandwidths,
        Optional<SdpLine> key,
        List<Attribute> attributes) {

    public MediaDescription {
        formats = List.copyOf(formats);
        connections = List.copyOf(connections);
        bandwidths = List.copyOf(bandwidths);
        attributes = List.copyOf(attributes);
    }

    /** A media line without {@code i= c= b= k=}. */
    public static MediaDescription of(
            String media, int port, String protocol, List<String> formats, List<Attribute> attributes) {
        return new MediaDescription(
                media,
                port,
                1,
                protocol,
                formats,
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                attributes);
    }

    /** The same with "port/count". */
    MediaDescription withPortCount(int count) {
        return new MediaDescription(
                media, port, count, protocol, formats, title, connections, bandwidths, key, attributes);
    }

    /** The same with these {@code c=} lines. */
    public MediaDescription withConnections(List<ConnectionData> others) {
        return new MediaDescription(
                media, port, portCount, protocol, formats, title, others, bandwidths, key, attributes);
    }

    /** The same with these {@code b=} lines. */
    public MediaDescription withBandwidths(List<Bandwidth> others) {
        return new MediaDescription(
                media, port, portCount, protocol, formats, title, connections, others, key, attributes);
    }

    /** Audio, video or other. */
    public MediaKind kind() {
        return switch (media) {
            case "audio" -> MediaKind.AUDIO;
            case "video" -> MediaKind.VIDEO;
            default -> MediaKind.OTHER;
        };
    }

    /** Whether the line is refused or removed. */
    public boolean refused() {
        return port == 0;
    }

    /** Whether an attribute of this name is on this line. */
    public boolean has(String name) {
        return attributes.stream().anyMatch(attribute -> attribute.is(name));
    }

    /** The value of the first attribute {@code name} of this line; "" for a property attribute. */
    public Optional<String> attribute(String name) {
        return values(name).findFirst();
    }

    /** The values of all attributes {@code name} of this line in order. */
    public Stream<String> values(String name) {
        return attributes.stream().filter(attribute -> attribute.is(name)).map(Attribute::text);
    }

    /** The direction stated on this line itself. */
    public Optional<Direction> statedDirection() {
        return Direction.statedIn(attributes);
    }

    /**
     * The payload formats of an RTP line in the order of the {@code m=} line, static ones without rtpmap included
     * (RFC 3551). Formats that are not numbers, or that nothing describes, are left out.
     */
    public List<RtpCodec> codecs() {
        return PayloadFormats.of(this);
    }
}
