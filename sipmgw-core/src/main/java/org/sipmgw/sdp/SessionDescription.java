package org.sipmgw.sdp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A session description (RFC 8866). Immutable; order of lines and attributes is kept, unknown attributes too, so that
 * parsing and printing gives the same text.
 *
 * @param origin {@code o=}
 * @param name {@code s=}
 * @param details {@code i= u= e= p=} as written
 * @param connection session-level {@code c=}
 * @param bandwidths session-level {@code b=}
 * @param timing {@code t= r= z= k=} as written
 * @param attributes session-level {@code a=}
 * @param media the media lines in order
 */
public record SessionDescription(
        Origin origin,
        String name,
        List<SdpLine> details,
        Optional<ConnectionData> connection,
        List<Bandwidth> bandwidths,
        List<SdpLine> timing,
        List<Attribute> attributes,
        List<MediaDescription> media) {

    /** Longest text that is read, in characters (or bytes): 64 kB. */
    public static final int MAX_LENGTH = 65_536;

    public SessionDescription {
        details = List.copyOf(details);
        bandwidths = List.copyOf(bandwidths);
        timing = List.copyOf(timing);
        attributes = List.copyOf(attributes);
        media = List.copyOf(media);
    }

    /** A description without {@code i= u= e= p= b=}, permanent ({@code t=0 0}), named "-". */
    public static SessionDescription of(
            Origin origin,
            Optional<ConnectionData> connection,
            List<Attribute> attributes,
            List<MediaDescription> media) {
        return new SessionDescription(
                origin, "-", List.of(), connection, List.of(), List.of(SdpLine.permanent()), attributes, media);
    }

    /**
     * Reads a description. Lines end with CRLF or bare LF, the last one may lack its end.
     *
     * @throws SdpException when the text breaks the grammar or is too large
     */
    public static SessionDescription parse(String text) throws SdpException {
        return new SdpParser(text).parse();
    }

    /**
     * Reads the body of a message: UTF-8, or ISO 8859-1 where the bytes are not UTF-8.
     *
     * @throws SdpException when the text breaks the grammar or is too large
     */
    public static SessionDescription parse(byte[] body) throws SdpException {
        if (body.length > MAX_LENGTH) {
            throw new SdpException(1, "longer than " + MAX_LENGTH + " bytes");
        }
        try {
            return parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString());
        } catch (CharacterCodingException e) {
            return parse(new String(body, StandardCharsets.ISO_8859_1));
        }
    }

    /** The description as text, each line ended by CRLF. */
    public String text() {
        return SdpWriter.text(this);
    }

    /** The value of the first attribute {@code attributeName} on {@code line}, else on session level. */
    public Optional<String> attribute(MediaDescription line, String attributeName) {
        return line.attribute(attributeName).or(() -> attribute(attributeName));
    }

    /** The value of the first session-level attribute {@code attributeName}. */
    public Optional<String> attribute(String attributeName) {
        return attributes.stream()
                .filter(attribute -> attribute.is(attributeName))
                .map(Attribute::text)
                .findFirst();
    }

    /** The direction of {@code line}: its own, else the session's, else sendrecv (RFC 8866 section 6.7). */
    public Direction direction(MediaDescription line) {
        return line.statedDirection().or(() -> Direction.statedIn(attributes)).orElse(Direction.SENDRECV);
    }

    /** The connection data of {@code line}: its own, else the session's. */
    public Optional<ConnectionData> connection(MediaDescription line) {
        return line.connections().stream().findFirst().or(() -> connection);
    }

    /** Whether media, addresses and attributes are the same; {@code o=} may differ. */
    boolean saysTheSame(SessionDescription other) {
        return connection.equals(other.connection)
                && bandwidths.equals(other.bandwidths)
                && attributes.equals(other.attributes)
                && media.equals(other.media);
    }

    /** The same in another version. */
    public SessionDescription withVersion(long version) {
        return new SessionDescription(
                origin.withVersion(version), name, details, connection, bandwidths, timing, attributes, media);
    }
}
