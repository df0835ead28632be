package org.sipmgw.testsupport;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands between a phone and the gateway on loopback, so that the media of a phone that is a program of its own can be
 * recorded with times of this JVM's clock: passes SIP on and puts its own ports into contacts and descriptions.
 */
public final class MediaTap implements AutoCloseable {

    private static final Pattern MEDIA = Pattern.compile("(?m)^m=(audio|video) (\\d+) ");
    private static final Pattern CONTACT = Pattern.compile("(?im)^(Contact|m): .*$");
    private static final Pattern RTCP = Pattern.compile("(?m)^a=rtcp:.*\\r?\\n");
    private static final Pattern ROUTE = Pattern.compile("(?im)^Route: .*\\r\\n");

    private final InetSocketAddress gateway;
    private final DatagramSocket facingPhone;
    private final DatagramSocket facingGateway;
    private final TapLine audio;
    private final TapLine video;
    private volatile InetSocketAddress phone = new InetSocketAddress("127.0.0.1", 0);

    private MediaTap(InetSocketAddress gateway) throws IOException {
        this.gateway = gateway;
        this.facingPhone = new DatagramSocket(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
        this.facingGateway = new DatagramSocket(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
        this.audio = new TapLine("audio");
        this.video = new TapLine("video");
        pump(facingPhone, "tap-sip-phone", true);
        pump(facingGateway, "tap-sip-gateway", false);
    }

    /** Opens one before the gateway at {@code host:port}. */
    public static MediaTap before(String gateway) throws IOException {
        return new MediaTap(PhoneDialog.address("sip:" + gateway));
    }

    /** Where the phone calls instead of the gateway. */
    public String authority() {
        return "127.0.0.1:" + facingPhone.getLocalPort();
    }

    /** What the phone sent. */
    public RtpRecording sentVideo() {
        return video.fromPhone().recording();
    }

    /** What the phone received. */
    public RtpRecording receivedAudio() {
        return audio.fromGateway().recording();
    }

    /** What the phone received. */
    public RtpRecording receivedVideo() {
        return video.fromGateway().recording();
    }

    @Override
    public void close() {
        facingPhone.close();
        facingGateway.close();
        audio.close();
        video.close();
    }

    private void pump(DatagramSocket socket, String name, boolean fromPhone) {
        Thread thread = new Thread(
                () -> {
                    byte[] buffer = new byte[65_535];
                    DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                    while (!socket.isClosed()) {
                        try {
                            packet.setLength(buffer.length);
                            socket.receive(packet);
                            pass(packet, fromPhone);
                        } catch (IOException e) {
                            System.getLogger(MediaTap.class.getName()).log(System.Logger.Level.TRACE, "closed", e);
                        }
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    private void pass(DatagramPacket packet, boolean fromPhone) throws IOException {
        String text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
        if (fromPhone) {
            phone = (InetSocketAddress) packet.getSocketAddress();
        }
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return;
        }
        String body = description(text.substring(end + 4), fromPhone);
        String head = ROUTE.matcher(text.substring(0, end + 2)).replaceAll("");
        head = contact(head, fromPhone);
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        head = head.replaceAll("(?im)^(Content-Length|l): .*$", "Content-Length: " + length);
        byte[] bytes = (head + "\r\n" + body).getBytes(StandardCharsets.UTF_8);
        DatagramSocket out = fromPhone ? facingGateway : facingPhone;
        out.send(new DatagramPacket(bytes, bytes.length, fromPhone ? gateway : phone));
    }

    /** Later requests come through here too. */
    private String contact(String head, boolean fromPhone) {
        int port = (fromPhone ? facingGateway : facingPhone).getLocalPort();
        Matcher matcher = CONTACT.matcher(head);
        return matcher.find()
                ? head.substring(0, matcher.start())
                        + matcher.group().replaceFirst("127\\.0\\.0\\.1(:\\d+)?", "127.0.0.1:" + port)
                        + head.substring(matcher.end())
                : head;
    }

    private String description(String body, boolean fromPhone) {
        return MEDIA.matcher(RTCP.matcher(body).replaceAll("")).replaceAll(line -> {
            int port = Integer.parseInt(line.group(2));
            TapLine tapped = line.group(1).equals("audio") ? audio : video;
            int told = port == 0 ? 0 : fromPhone ? tapped.phoneAt(port) : tapped.gatewayAt(port);
            return "m=" + line.group(1) + " " + told + " ";
        });
    }
}
