package org.sipmgw.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.sipmgw.media.lab.ChromiumPage;
import org.sipmgw.media.lab.FakePage;
import org.sipmgw.media.lab.IceRoom;
import org.sipmgw.media.rtp.Bytes;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.rtp.Rtp;
import org.sipmgw.sdp.EncryptionPolicy;
import org.sipmgw.sdp.Negotiation;
import org.sipmgw.sdp.Negotiator;
import org.sipmgw.sdp.SessionDescription;
import org.sipmgw.spi.MediaListener;
import org.sipmgw.spi.MediaRequest;

/** A call of a room that speaks ICE: its two lines, the gateway's session and a page without a browser. */
final class IceCall implements AutoCloseable {
    private static final String SOUND = "97\r\na=rtpmap:97 opus/48000/2\r\n";
    private static final String PICTURE = """
            96
            a=rtpmap:96 H264/90000
            a=fmtp:96 profile-level-id=42e01f;packetization-mode=1
            a=rtcp-fb:* nack pli
            """;

    final BridgedMediaSession session;
    final IceRoom audio;
    final IceRoom video;
    final FakePage page = new FakePage();
    private final Negotiator negotiator;
    private final int content;
    private int sequence = 100;
    private SessionDescription answer;

    /** @param content first byte of all its sound */
    IceCall(BridgedMediaEngine engine, InetAddress address, int content) throws Exception {
        this.content = content;
        audio = new IceRoom(address, content * 2L);
        video = new IceRoom(address, content * 2L + 1);
        session = (BridgedMediaSession) engine.open(
                new MediaRequest(
                        InetAddress.getByName("127.0.0.1"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(offer()),
                        true),
                new MediaListener() {});
        negotiator = new Negotiator(
                session.localMedia(), engine.capabilities(), EncryptionPolicy.of(EncryptionPolicy.Level.OFF), 1);
        exchange();
    }

    private String offer() {
        String host = (audio.local().getAddress().getAddress().length == 4 ? "IP4 " : "IP6 ")
                + audio.local().getAddress().getHostAddress();
        return "v=0\r\no=- 1 1 IN " + host + "\r\ns=-\r\nc=IN " + host + "\r\nt=0 0\r\n" + audio.line("audio", SOUND)
                + video.line("video", PICTURE);
    }

    /** Offers as it is now, and takes the answer. */
    void exchange() throws Exception {
        Negotiation agreed = negotiator.answer(SessionDescription.parse(offer()));
        session.configure(agreed.streams());
        answer = agreed.local();
        audio.answered(answer.media().get(0));
        video.answered(answer.media().get(1));
    }

    SessionDescription answer() {
        return answer;
    }

    void connect() throws Exception {
        assertThat(page.connect(session)).isTrue();
        assertThat(await(() -> found(1))).isTrue();
    }

    /** Whether both lines have found their way so often. */
    boolean found(int times) {
        return audio.selected().size() >= times && video.selected().size() >= times;
    }

    void speak() throws IOException {
        audio.send(sound());
    }

    byte[] sound() {
        sequence++;
        return Rtp.bytes(Rtp.packet(97, sequence, sequence * 960, content, content, 1, 2, 3));
    }

    /** How many packets have come to the page, of this call and of others. */
    long heard(boolean own) {
        return page.rtp().stream()
                .map(bytes -> new Packet(bytes).view(0, bytes.length))
                .filter(packet -> (Rtp.payload(packet)[0] == content) == own)
                .count();
    }

    /** What the gateway sends the room, as the room got it. */
    long shown(IceRoom line, int ssrc) {
        return line.media().stream()
                .filter(bytes -> bytes.length >= 12 && Bytes.int32(bytes, 8) == ssrc)
                .count();
    }

    static boolean await(BooleanSupplier condition) {
        for (int i = 0; i < 1000 && !condition.getAsBoolean(); i++) {
            ChromiumPage.pause(10);
        }
        return condition.getAsBoolean();
    }

    @Override
    public void close() {
        session.close();
        page.close();
        audio.close();
        video.close();
    }
}
