package org.sipmgw.sdp;

import java.util.List;

/** Prints descriptions in the order of RFC 8866 section 5. */
final class SdpWriter {

    private final StringBuilder out = new StringBuilder(2048);

    private SdpWriter() {}

    static String text(SessionDescription session) {
        SdpWriter writer = new SdpWriter();
        writer.line('v', "0");
        writer.line('o', session.origin().toString());
        writer.line('s', session.name());
        session.details().forEach(line -> writer.line(line.type(), line.value()));
        session.connection().ifPresent(connection -> writer.line('c', connection.toString()));
        writer.bandwidths(session.bandwidths());
        session.timing().forEach(line -> writer.line(line.type(), line.value()));
        writer.attributes(session.attributes());
        session.media().forEach(writer::media);
        return writer.out.toString();
    }

    private void media(MediaDescription media) {
        String ports = media.port() + (media.portCount() > 1 ? "/" + media.portCount() : "");
        line('m', media.media() + " " + ports + " " + media.protocol() + " " + String.join(" ", media.formats()));
        media.title().ifPresent(line -> line(line.type(), line.value()));
        media.connections().forEach(connection -> line('c', connection.toString()));
        bandwidths(media.bandwidths());
        media.key().ifPresent(line -> line(line.type(), line.value()));
        attributes(media.attributes());
    }

    private void bandwidths(List<Bandwidth> bandwidths) {
        bandwidths.forEach(bandwidth -> line('b', bandwidth.type() + ":" + bandwidth.value()));
    }

    private void attributes(List<Attribute> attributes) {
        for (Attribute attribute : attributes) {
            line(
                    'a',
                    attribute.name()
                            + attribute.value().map(value -> ":" + value).orElse(""));
        }
    }

    private void line(char type, String value) {
        out.append(type).append('=').append(value).append("\r\n");
    }
}
