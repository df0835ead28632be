package org.sipmgw.internal.sip;

import gov.nist.javax.sip.address.AddressFactoryImpl;
import gov.nist.javax.sip.address.SipUri;
import java.text.ParseException;
import java.util.Locale;
import java.util.Optional;
import javax.sip.address.Address;
import javax.sip.address.SipURI;
import org.jspecify.annotations.Nullable;

/** SIP addresses from texts. */
final class SipAddresses {
    private static final int LONGEST = 512;

    private SipAddresses() {}

    /** @throws IllegalArgumentException where it is no sip: or sips: address, or could be taken for more than that */
    static SipUri uri(String text) {
        if (text.length() > LONGEST
                || !text.matches("(?i)sips?:[\\x21-\\x7e]+")
                || text.matches(".*[<>\"\\\\^`{|}].*")) {
            throw new IllegalArgumentException("not a SIP address: " + text);
        }
        try {
            // in brackets: without them the stack does not mind what follows the URI
            SipUri uri = (SipUri)
                    new AddressFactoryImpl().createAddress("<" + text + ">").getURI();
            if (uri.getHost() == null || uri.getHost().isBlank()) {
                throw new IllegalArgumentException("no host in " + text);
            }
            return uri;
        } catch (ParseException e) {
            throw new IllegalArgumentException("not a SIP address: " + text, e);
        }
    }

    static Address named(SipURI uri, Optional<String> name) {
        try {
            Address address = new AddressFactoryImpl().createAddress(uri);
            if (name.isPresent()) {
                address.setDisplayName(SipReplies.quotable(name.get()));
            }
            return address;
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Without brackets. */
    static String host(SipURI uri) {
        return uri.getHost().replaceAll("[\\[\\]]", "");
    }

    static SipBinding.@Nullable Protocol transport(SipURI uri) {
        String named = uri.getTransportParam();
        return named == null ? null : SipBinding.Protocol.valueOf(named.toUpperCase(Locale.ROOT));
    }
}
