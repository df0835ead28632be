package org.sipmgw.internal.sip;

import gov.nist.javax.sip.header.ContentType;
import gov.nist.javax.sip.message.Content;
import gov.nist.javax.sip.message.SIPMessage;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import javax.sip.header.ContentEncodingHeader;
import javax.sip.header.ContentTypeHeader;

/** Bodies of messages. */
final class SipBodies {
    private SipBodies() {}

    static boolean empty(SIPMessage message) {
        byte[] body = message.getRawContent();
        return body == null || body.length == 0;
    }

    /** Lower case {@code type/subtype}, empty where there is no body. */
    static String type(SIPMessage message) {
        ContentTypeHeader type = message.getContentTypeHeader();
        return empty(message) || type == null
                ? ""
                : (type.getContentType() + "/" + type.getContentSubType()).toLowerCase(Locale.ROOT);
    }

    static String text(SIPMessage message) {
        return empty(message) ? "" : new String(message.getRawContent(), StandardCharsets.UTF_8);
    }

    /** Whether the body is encoded (compressed), which the gateway does not read. */
    static boolean encoded(SIPMessage message) {
        ContentEncodingHeader encoding = (ContentEncodingHeader) message.getHeader(ContentEncodingHeader.NAME);
        return encoding != null && !encoding.getEncoding().equalsIgnoreCase("identity");
    }

    /** The session description, on its own or as a part of a multipart body (RFC 5621). */
    static Optional<String> sdp(SIPMessage message) {
        String type = type(message);
        if (type.equals("application/sdp")) {
            return Optional.of(text(message));
        }
        return type.startsWith("multipart/") ? sdpPart(message) : Optional.empty();
    }

    private static Optional<String> sdpPart(SIPMessage message) {
        try {
            Iterator<Content> parts = message.getMultipartMimeContent().getContents();
            while (parts.hasNext()) {
                Content part = parts.next();
                if (part.getContentTypeHeader() instanceof ContentType partType
                        && "application".equalsIgnoreCase(partType.getContentType())
                        && "sdp".equalsIgnoreCase(partType.getContentSubType())) {
                    return Optional.of(part.getContent().toString());
                }
            }
        } catch (ParseException | RuntimeException unreadable) {
            return Optional.empty();
        }
        return Optional.empty();
    }
}
