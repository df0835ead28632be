package org.sipmgw.benchmarks.relay;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.sipmgw.sdp.SrtpSuite;

/** The descriptions that rtpengine is given, and what it makes of them. */
final class Sdp {

    private Sdp() {}

    static String randomKey(SrtpSuite suite) {
        byte[] key = new byte[suite.keyLength() + suite.saltLength()];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    static String of(int port, String suite, String key) {
        return of(port, suite, key, "1");
    }

    static String of(int port, String suite, String key, String tag) {
        boolean plain = suite.equals("plain");
        return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=video " + port
                + (plain ? " RTP/AVP " : " RTP/SAVP ") + Room.PAYLOAD_TYPE + "\r\na=rtpmap:" + Room.PAYLOAD_TYPE
                + " H264/90000\r\n" + (plain ? "" : "a=crypto:" + tag + " " + suite + " inline:" + key + "\r\n")
                + "a=sendrecv\r\n";
    }

    static int port(String sdp) {
        return Integer.parseInt(line(sdp, "m=video ").split(" ")[1]);
    }

    static byte[] key(String sdp, String suite) {
        String line = crypto(sdp, suite);
        return Base64.getMimeDecoder()
                .decode(line.substring(line.indexOf("inline:") + 7).split("[| ]")[0]);
    }

    static String tag(String sdp, String suite) {
        return crypto(sdp, suite).substring("a=crypto:".length()).split(" ")[0];
    }

    private static String crypto(String sdp, String suite) {
        return sdp.lines()
                .filter(line -> line.startsWith("a=crypto:") && line.contains(" " + suite + " "))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + suite + " in " + List.of(sdp.split("\r\n"))));
    }

    private static String line(String sdp, String start) {
        return sdp.lines().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
    }
}
