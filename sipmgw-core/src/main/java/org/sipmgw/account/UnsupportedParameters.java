package org.sipmgw.account;

import java.util.Map;

/** Parameters of baresip's accounts that are not done here, and what to use instead. */
final class UnsupportedParameters {
    private static final String NO_DEVICES = "the conference is picture and sound of every call; leave it out";
    private static final Map<String, String> INSTEAD = Map.ofEntries(
            Map.entry("audio_source", NO_DEVICES),
            Map.entry("audio_player", NO_DEVICES),
            Map.entry("video_source", NO_DEVICES),
            Map.entry("video_display", NO_DEVICES),
            Map.entry("pubint", "presence is not published; leave it out"),
            Map.entry("mwi", "there is no voice mail for a gateway; leave it out"),
            Map.entry("prio", "every account is registered at once; use regq for preference"),
            Map.entry("rwait", "a registration is refreshed at 75 to 90 % of its life; leave it out"),
            Map.entry("fbregint", "back-off after failure is automatic; leave it out"),
            Map.entry("tcpsrcport", "the port of a connection is the system's choice; leave it out"),
            Map.entry("extra", "use the conference settings of the gateway's configuration"),
            Map.entry("uas_user", "use digest of incoming calls in the gateway's configuration"),
            Map.entry("uas_pass", "use digest of incoming calls in the gateway's configuration"),
            Map.entry("100rel", "reliable responses are negotiated with each peer; leave it out"),
            Map.entry("sip_autoanswer", "use answermode=auto"),
            Map.entry("sip_autoanswer_beep", "use answermode=auto"),
            Map.entry("sip_autoredirect", "redirections are followed; leave it out"),
            Map.entry("autoredirect", "redirections are followed; leave it out"),
            Map.entry("autelev_pt", "the payload type of keys is agreed on with each room; leave it out"),
            Map.entry("catchall", "use conference.defaultRoom of the gateway's configuration"),
            Map.entry("inreq_allowed", "use the allow-lists of the gateway's configuration"),
            Map.entry("check_origin", "use the allow-lists of the gateway's configuration"),
            Map.entry(
                    "natpinhole",
                    "packets that open the way through address translation are always sent; leave it out"),
            Map.entry("videodisp", NO_DEVICES));

    private UnsupportedParameters() {}

    static boolean known(String name) {
        return INSTEAD.containsKey(name);
    }

    static String instead(String name) {
        return INSTEAD.getOrDefault(name, "it is not known; see docs/registration.md for what is");
    }
}
