package org.sipmgw.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a session description by the grammar of RFC 8866 section 9. The order of lines is demanded on session level;
 * within a media description it is not, because devices differ there and nothing depends on it.
 */
final class SdpParser {

    private static final String SESSION_ORDER = "vosiuepcbtrzka";
    private static final int MAX_MEDIA = 64;

    private final SdpLines lines;

    SdpParser(String text) throws SdpException {
        this.lines = new SdpLines(text);
    }

    SessionDescription parse() throws SdpException {
        lines.advance();
        if (!required('v').equals("0")) {
            throw lines.error("v= is not 0");
        }
        lines.advance();
        Origin origin = SdpValues.origin(required('o'), lines);
        lines.advance();
        String name = required('s');
        lines.advance();
        List<SdpLine> details = kept("iuep", "iu");
        Optional<ConnectionData> connection = Optional.empty();
        if (lines.type() == 'c') {
            connection = Optional.of(SdpValues.connection(lines.value(), lines));
            lines.advance();
        }
        List<Bandwidth> bandwidths = new ArrayList<>();
        while (lines.type() == 'b') {
            bandwidths.add(SdpValues.bandwidth(lines.value(), lines));
            lines.advance();
        }
        if (lines.type() != 't') {
            throw misplaced("t= expected");
        }
        List<SdpLine> timing = kept("trzk", "zk");
        List<Attribute> attributes = new ArrayList<>();
        while (lines.type() == 'a') {
            attributes.add(SdpValues.attribute(lines.value(), lines));
            lines.advance();
        }
        List<MediaDescription> media = new ArrayList<>();
        while (lines.type() == 'm') {
            if (media.size() == MAX_MEDIA) {
                throw lines.error("more than " + MAX_MEDIA + " media lines");
            }
            media.add(mediaDescription());
        }
        if (lines.type() != 0) {
            throw misplaced("m= expected");
        }
        return new SessionDescription(origin, name, details, connection, bandwidths, timing, attributes, media);
    }

    private String required(char type) throws SdpException {
        if (lines.type() != type) {
            throw lines.error(type + "= expected");
        }
        return lines.value();
    }

    /** Lines of these types in any number, those in {@code single} once, {@code t=} and {@code r=} mixed. */
    private List<SdpLine> kept(String types, String single) throws SdpException {
        List<SdpLine> kept = new ArrayList<>();
        int rank = -1;
        while (lines.type() != 0 && types.indexOf(lines.type()) >= 0) {
            int position = types.indexOf(lines.type());
            boolean repeats = position == rank && single.indexOf(lines.type()) >= 0;
            boolean newTime = lines.type() == 't' && rank <= types.indexOf('r');
            if (repeats || (position < rank && !newTime)) {
                throw misplaced("unexpected");
            }
            kept.add(new SdpLine(lines.type(), lines.value()));
            rank = position;
            lines.advance();
        }
        return kept;
    }

    private SdpException misplaced(String otherwise) {
        boolean known = SESSION_ORDER.indexOf(lines.type()) >= 0;
        return lines.error(known ? lines.type() + "= repeated or in the wrong place" : otherwise);
    }

    private MediaDescription mediaDescription() throws SdpException {
        MediaDescription line = SdpValues.media(lines.value(), lines);
        Optional<SdpLine> title = Optional.empty();
        Optional<SdpLine> key = Optional.empty();
        List<ConnectionData> connections = new ArrayList<>();
        List<Bandwidth> bandwidths = new ArrayList<>();
        List<Attribute> attributes = new ArrayList<>();
        while (lines.advance() && lines.type() != 'm') {
            switch (lines.type()) {
                case 'i' -> title = once(title);
                case 'k' -> key = once(key);
                case 'c' -> connections.add(SdpValues.connection(lines.value(), lines));
                case 'b' -> bandwidths.add(SdpValues.bandwidth(lines.value(), lines));
                case 'a' -> attributes.add(SdpValues.attribute(lines.value(), lines));
                default -> throw lines.error(lines.type() + "= inside a media description");
            }
        }
        return new MediaDescription(
                line.media(),
                line.port(),
                line.portCount(),
                line.protocol(),
                line.formats(),
                title,
                connections,
                bandwidths,
                key,
                attributes);
    }

    private Optional<SdpLine> once(Optional<SdpLine> before) throws SdpException {
        if (before.isPresent()) {
            throw lines.error(lines.type() + "= repeated");
        }
        return Optional.of(new SdpLine(lines.type(), lines.value()));
    }
}
