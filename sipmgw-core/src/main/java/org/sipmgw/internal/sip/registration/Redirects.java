package org.sipmgw.internal.sip.registration;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sipmgw.account.Account;
import org.sipmgw.account.SipServer;
import org.sipmgw.internal.sip.SipAnswer;

/** Where a 3xx sends us. */
final class Redirects {
    private static final System.Logger LOG = System.getLogger(Redirects.class.getName());
    private static final Pattern URI = Pattern.compile("<?\\s*(sips?:[^>\\s]+)", Pattern.CASE_INSENSITIVE);
    private static final int MOST = 4;

    private Redirects() {}

    /** The servers of the Contacts that can be read, in their order. */
    static List<SipServer> targets(SipAnswer answer) {
        List<SipServer> found = new ArrayList<>();
        for (String contact : answer.all("Contact")) {
            Matcher uri = URI.matcher(contact);
            if (uri.find() && found.size() < MOST) {
                String text = uri.group(1);
                try {
                    // a registrar's URI has no user part, which an account needs
                    found.add(Account.parse("<" + (text.contains("@") ? text : text.replaceFirst(":", ":x@")) + ">")
                            .address()
                            .domain());
                } catch (IllegalArgumentException unreadable) {
                    LOG.log(System.Logger.Level.DEBUG, "a Contact that cannot be read");
                }
            }
        }
        return found;
    }
}
