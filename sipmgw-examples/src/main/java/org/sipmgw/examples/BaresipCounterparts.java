package org.sipmgw.examples;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Keys of baresip's {@code config} that mean nothing here, or that something else stands for. */
final class BaresipCounterparts {
    private static final String RATE = "the rate follows what the room and its way bear";
    private static final String JITTER = "the jitter buffer adapts itself, up to 400 ms";
    private static final String DNS = "the system's name servers are asked";

    private static final Map<String, String> INSTEAD = Map.ofEntries(
            Map.entry("sip_trans_def", "write ;transport= into the addresses of the accounts"),
            Map.entry("sip_transports", "write the transports into sip.listen"),
            Map.entry("sip_capath", "write the authorities into one file, tls.ca"),
            Map.entry("sip_verify_client", "use tls.clientCertificates"),
            Map.entry("rtp_bandwidth", RATE),
            Map.entry("video_bitrate", RATE),
            Map.entry("video_fps", "30 pictures a second are sent, fewer where the way is narrow"),
            Map.entry("jitter_buffer_type", JITTER),
            Map.entry("jitter_buffer_delay", JITTER),
            Map.entry("jitter_buffer_wish", JITTER),
            Map.entry("audio_jitter_buffer_type", JITTER),
            Map.entry("audio_jitter_buffer_delay", JITTER),
            Map.entry("video_jitter_buffer_type", JITTER),
            Map.entry("video_jitter_buffer_delay", JITTER),
            Map.entry("rtcp_mux", "write ;rtcp_mux= into the accounts"),
            Map.entry("call_local_timeout", "calls are answered at once; see conference.joinTimeoutSeconds"),
            Map.entry("call_accept", "use admission.allowed and admission.digest"),
            Map.entry("net_af", "write addresses of that family into sip.listen"),
            Map.entry("prefer_ipv6", "write addresses of that family into sip.listen"),
            Map.entry("dns_server", DNS),
            Map.entry("dns_fallback", DNS),
            Map.entry("dns_getaddrinfo", DNS));

    /** Devices, modules, user interfaces, codecs' encoders, tones: the conference is picture and sound of every call. */
    private static final Pattern MEANINGLESS = Pattern.compile("poll_method|re_main_.*|module(_path|_tmp|_app)?"
            + "|audio_.*|ausrc_.*|auplay_.*|auenc_.*|audec_.*|file_(ausrc|srate|channels)|snd_path|vumeter_.*"
            + "|video_(source|display|fullscreen|selfview)|videnc_format|viddec_.*|vidsrc_.*|selfview_.*|avcodec_.*"
            + "|(audio|video)_jitter_buffer_(ms|size)|rtp_(stats|rxmode)|avt_bundle|opus_.*|zrtp_.*"
            + "|call_(hold_other_calls|max_.*|dtmf_.*)|sip_(autoanswer_.*|tls_resumption|reg_.*|inreq_.*)"
            + "|(cons|http|ctrl_tcp|ctrl_dbus|evdev|mqtt|httpreq|gtk|multicast|menu|ebuacip|jack|redial|ringback)_.*"
            + "|(ring|callwaiting|notfound|busy|error|message)_aufile|statmode_default");

    private BaresipCounterparts() {}

    /** What stands for it here. */
    static Optional<String> instead(String key) {
        return Optional.ofNullable(INSTEAD.get(key));
    }

    static boolean meaningless(String key) {
        return MEANINGLESS.matcher(key).matches();
    }
}
