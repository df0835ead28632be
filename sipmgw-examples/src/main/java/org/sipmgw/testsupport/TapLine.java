package org.sipmgw.testsupport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;

/** One media line that passes through a {@link MediaTap}: packets go on as they come and are recorded both ways. */
final class TapLine implements AutoCloseable {

    private static final InetSocketAddress NOWHERE = new InetSocketAddress("127.0.0.1", 0);

    private final RtpPort facingPhone;
    private final RtpPort facingGateway;
    private volatile InetSocketAddress phone = NOWHERE;
    private volatile InetSocketAddress gateway = NOWHERE;

    TapLine(String kind) throws IOException {
        this.facingPhone = RtpPort.open("tap-phone-" + kind);
        this.facingGateway = RtpPort.open("tap-gateway-" + kind);
        facingPhone.relay((report, buffer, length) -> pass(report, buffer, length, facingGateway, gateway));
        facingGateway.relay((report, buffer, length) -> pass(report, buffer, length, facingPhone, phone));
    }

    private static void pass(boolean report, byte[] buffer, int length, RtpPort from, InetSocketAddress target) {
        if (target.getPort() == 0) {
            return;
        }
        byte[] packet = Arrays.copyOf(buffer, length);
        if (report) {
            from.sendReport(packet, new InetSocketAddress(target.getAddress(), target.getPort() + 1));
        } else {
            from.send(packet, target);
        }
    }

    /** The phone takes media at this port; returns what the gateway is told instead. */
    int phoneAt(int port) {
        phone = new InetSocketAddress("127.0.0.1", port);
        return facingGateway.port();
    }

    /** The gateway takes media at this port; returns what the phone is told instead. */
    int gatewayAt(int port) {
        gateway = new InetSocketAddress("127.0.0.1", port);
        return facingPhone.port();
    }

    /** What the phone sent. */
    RtpPort fromPhone() {
        return facingPhone;
    }

    /** What the gateway sent. */
    RtpPort fromGateway() {
        return facingGateway;
    }

    @Override
    public void close() {
        facingPhone.close();
        facingGateway.close();
    }
}
