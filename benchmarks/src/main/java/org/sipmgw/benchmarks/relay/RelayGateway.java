package org.sipmgw.benchmarks.relay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sipmgw.media.BridgedMediaEngine;
import org.sipmgw.sdp.Direction;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.MediaSecurity;
import org.sipmgw.sdp.NegotiatedStream;
import org.sipmgw.sdp.RtpCodec;
import org.sipmgw.sdp.RtpOptions;
import org.sipmgw.sdp.SrtpMasterKey;
import org.sipmgw.sdp.SrtpSuite;
import org.sipmgw.spi.MediaListener;
import org.sipmgw.spi.MediaSession;

/**
 * The media engine as a process of its own, to be measured as a whole: takes a suite (or {@code plain}) and a page's
 * offer on standard input, tells its port, the room's key and the answer. Ends with standard input.
 */
public final class RelayGateway {

    private RelayGateway() {}

    /** Arguments: the suite or {@code plain}, and the room's port. */
    public static void main(String[] arguments) throws Exception {
        try (BridgedMediaEngine engine =
                        BridgedMediaEngine.builder().rtpPorts(30_000, 39_999).build();
                MediaSession session = engine.open(InetAddress.getLoopbackAddress(), new MediaListener() {});
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            MediaSecurity security = security(arguments[0]);
            session.configure(List.of(stream(Integer.parseInt(arguments[1]), security)));
            String offer = new String(Base64.getDecoder().decode(in.readLine()), StandardCharsets.UTF_8);
            String answer = session.connect(offer).toCompletableFuture().get();
            System.out.println(session.localMedia().videoRtpPort() + " " + key(security) + " "
                    + Base64.getEncoder().encodeToString(answer.getBytes(StandardCharsets.UTF_8)));
            while (in.readLine() != null) {
                // until the end of input
            }
        } catch (IOException e) {
            System.err.println(e.getMessage());
        }
    }

    private static MediaSecurity security(String suite) {
        if (suite.equals("plain")) {
            return MediaSecurity.plain();
        }
        SrtpSuite chosen = SrtpSuite.valueOf(suite);
        return new MediaSecurity.Sdes(chosen, SrtpMasterKey.random(chosen), SrtpMasterKey.random(chosen), 0);
    }

    private static String key(MediaSecurity security) {
        if (!(security instanceof MediaSecurity.Sdes sdes)) {
            return "-";
        }
        byte[] key = sdes.remote().key();
        byte[] salt = sdes.remote().salt();
        byte[] both = new byte[key.length + salt.length];
        System.arraycopy(key, 0, both, 0, key.length);
        System.arraycopy(salt, 0, both, key.length, salt.length);
        return Base64.getEncoder().encodeToString(both);
    }

    private static NegotiatedStream stream(int roomPort, MediaSecurity security) {
        InetSocketAddress room = new InetSocketAddress(InetAddress.getLoopbackAddress(), roomPort);
        return new NegotiatedStream(
                0,
                MediaKind.VIDEO,
                Direction.RECVONLY,
                new RtpCodec(
                        "H264",
                        Room.PAYLOAD_TYPE,
                        90_000,
                        1,
                        Map.of("packetization-mode", "1", "profile-level-id", "42e01f")),
                Optional.empty(),
                room,
                room,
                true,
                Set.of(),
                Optional.empty(),
                20,
                security,
                RtpOptions.none());
    }
}
