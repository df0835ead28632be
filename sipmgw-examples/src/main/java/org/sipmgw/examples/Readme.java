package org.sipmgw.examples;

// README: begin
import java.util.List;
import java.util.Optional;
import org.sipmgw.*;
import org.sipmgw.browser.*;
import org.sipmgw.devices.*;
import org.sipmgw.media.BridgedMediaEngine;
import org.sipmgw.process.*;

/** Takes calls until Enter. */
public final class Readme {
    public static void main(String[] args) throws Exception {
        try (var runtime = RuntimeDirectory.open(RunAs.ordinaryUser());
                var media = BridgedMediaEngine.builder().build();
                var browsers = BrowserJoiner.builder(runtime)
                        .displays(XvfbDisplays.builder(runtime).build())
                        .speakers(PulseSpeakers.builder(runtime).build())
                        .pages(List.of(new JanusVideoRoomPage()))
                        .allowedHosts(List.of(args[1]))
                        .build();
                var gateway = Gateway.builder()
                        .listen(ListeningPoint.udp("127.0.0.1", Integer.getInteger("sip.port", 5060)))
                        .mediaEngine(media)
                        .joiner(browsers)
                        .rooms(RoomResolver.template(args[0], Optional.of("1234")))
                        .build()) {
            gateway.start();
            System.in.read(); // calls are taken until Enter
        }
    }
}
// README: end
