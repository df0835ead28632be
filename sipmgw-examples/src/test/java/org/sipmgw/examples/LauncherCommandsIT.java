package org.sipmgw.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipmgw.rawsip.RawCall;
import org.sipmgw.rawsip.RawMessage;
import org.sipmgw.rawsip.RawPhone;
import org.sipmgw.testsupport.JanusRoom;
import org.sipmgw.testsupport.JanusServer;
import org.sipmgw.testsupport.PhoneMedia;
import org.sipmgw.testsupport.VirtualCall;
import org.sipmgw.testsupport.VirtualPhone;

/** {@code sipmgw run --events} with an account whose calls wait for a decision: the commands of standard input are obeyed. */
@Tag("call")
class LauncherCommandsIT {
    private static final long PATIENCE_MS = 40_000;

    @TempDir
    private Path directory;

    @Test
    void callsOfAnAccountAreAcceptedRefusedAndRedirectedByCommand() throws Exception {
        try (JanusServer janus = JanusServer.start();
                GatewayChild gateway = GatewayChild.start(configuration(janus), directory.resolve("log"))) {
            JanusRoom room = JanusRoom.of(4711, "vp8");
            janus.createRoom(room);
            String point = String.valueOf(
                    gateway.await(0, "listening", e -> true, PATIENCE_MS).get("points"));
            int port = Integer.parseInt(point.replaceAll(".*udp:127.0.0.1:(\\d+).*", "$1"));

            try (RawPhone phone = RawPhone.udp(new InetSocketAddress("127.0.0.1", port))) {
                assertThat(decided(gateway, phone, "reject %s").status()).isEqualTo(603);
                assertThat(decided(gateway, phone, "reject %s 486").status()).isEqualTo(486);
                RawMessage moved = decided(gateway, phone, "redirect %s sip:desk@example.org");
                assertThat(moved.status()).isEqualTo(302);
                assertThat(moved.contactUri()).isEqualTo("sip:desk@example.org");
            }
            int from = gateway.mark();
            gateway.command("accept call-99");
            gateway.command("reject one two three");
            gateway.await(from, "warning", e -> says(e, "no such call"), PATIENCE_MS);
            gateway.await(from, "warning", e -> says(e, "unknown command: reject one two three"), PATIENCE_MS);

            try (VirtualPhone phone = VirtualPhone.open("Room")) {
                VirtualCall call = phone.invite("sip:4711@127.0.0.1:" + port, PhoneMedia.room(320, 180, 200_000), true);
                String id = incoming(gateway, from);
                gateway.command("accept " + id);
                call.awaitAnswer();
                gateway.await(
                        from,
                        "state",
                        e -> id.equals(e.get("call")) && "CONNECTED".equals(e.get("state")),
                        PATIENCE_MS);
                gateway.command("hangup " + id);
                Map<String, Object> end = gateway.await(from, "ended", e -> id.equals(e.get("call")), PATIENCE_MS);
                assertThat(end.get("cause")).isEqualTo("LOCAL_HANG_UP");
            }
        }
    }

    private static boolean says(Map<String, Object> event, String text) {
        return String.valueOf(event.get("detail")).contains(text);
    }

    /** Calls, and has that decided by the command. */
    private static RawMessage decided(GatewayChild gateway, RawPhone phone, String command) throws Exception {
        int from = gateway.mark();
        RawCall call = new RawCall(phone, "4711");
        call.sendInvite(RawCall.offer());
        phone.awaitStatus(180);
        gateway.command(command.formatted(incoming(gateway, from)));
        RawMessage answer = phone.awaitFinal("1 INVITE");
        call.ackRefusal(answer);
        return answer;
    }

    private static String incoming(GatewayChild gateway, int from) throws Exception {
        return String.valueOf(
                gateway.await(from, "incoming", e -> true, PATIENCE_MS).get("call"));
    }

    private Path configuration(JanusServer janus) throws Exception {
        return Files.writeString(
                directory.resolve("gateway.yaml"), """
                sip:
                  listen: ['udp:127.0.0.1:0']
                accounts: ['<sip:4711@127.0.0.1>;regint=0;answermode=manual']
                conference:
                  page: '%s'
                  allowedHosts: ['%s']
                browser:
                  warm: 1
                  size: 640x360
                """.formatted(janus.page(Optional.empty()), janus.pagesAuthority()));
    }
}
