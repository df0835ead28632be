package org.sipmgw.internal.sip;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.sip.Dialog;
import org.jspecify.annotations.Nullable;

/** Our place in a dialog, for somebody else to take (RFC 3891). */
final class DialogPlace {
    private DialogPlace() {}

    /** The other end's Contact with a Replaces header in it, fit for Refer-To; empty where there is no such dialog. */
    static Optional<String> uri(@Nullable Dialog dialog) {
        if (dialog == null || dialog.getRemoteTarget() == null || dialog.getRemoteTag() == null) {
            return Optional.empty();
        }
        String target = dialog.getRemoteTarget().getURI().toString();
        String replaces = dialog.getCallId().getCallId() + ";to-tag=" + dialog.getRemoteTag() + ";from-tag="
                + dialog.getLocalTag();
        return Optional.of(
                target.replaceFirst("\\?.*$", "") + "?Replaces=" + URLEncoder.encode(replaces, StandardCharsets.UTF_8));
    }
}
