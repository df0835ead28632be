package org.sipmgw.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;

/** What must hold for any bytes whatever: refused by name, or read, printed, answered and offered in good form. */
final class SdpInvariants {

    private SdpInvariants() {}

    static void check(byte[] bytes) {
        SessionDescription session;
        try {
            session = SessionDescription.parse(bytes);
        } catch (SdpException e) {
            assertThat(e.line()).isPositive();
            assertThat(e.reason()).isNotBlank();
            return;
        }
        assertThat(reread(session)).isEqualTo(session);
        answers(session);
        accepts(session);
    }

    private static SessionDescription reread(SessionDescription session) {
        try {
            return SessionDescription.parse(session.text());
        } catch (SdpException e) {
            throw new AssertionError("own text is refused: " + e.getMessage(), e);
        }
    }

    private static void answers(SessionDescription offer) {
        Negotiator negotiator = Golden.negotiator();
        try {
            Negotiation first = negotiator.answer(offer);
            assertSound(first, offer);
            Negotiation second = negotiator.answer(offer);
            assertThat(second.changed()).isFalse();
            assertThat(second.local()).isEqualTo(first.local());
            SessionDescription own = negotiator.offer();
            assertThat(reread(own)).isEqualTo(own);
            assertThat(own.media()).hasSizeGreaterThanOrEqualTo(offer.media().size());
        } catch (NegotiationException e) {
            assertThat(e.getMessage()).isNotBlank();
            assertThat(e.warningCode()).isBetween(300, 399);
        }
    }

    private static void accepts(SessionDescription answer) {
        Negotiator negotiator = Golden.negotiator();
        SessionDescription offer = negotiator.offer();
        try {
            Negotiation negotiation = negotiator.accept(answer);
            assertThat(negotiation.local()).isEqualTo(offer);
            negotiation.streams().forEach(SdpInvariants::assertSound);
        } catch (NegotiationException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static void assertSound(Negotiation negotiation, SessionDescription offer) {
        SessionDescription answer = negotiation.local();
        assertThat(reread(answer)).isEqualTo(answer);
        assertThat(answer.media()).hasSameSizeAs(offer.media());
        for (int i = 0; i < answer.media().size(); i++) {
            MediaDescription ours = answer.media().get(i);
            MediaDescription theirs = offer.media().get(i);
            assertThat(ours.media()).isEqualTo(theirs.media());
            assertThat(ours.protocol()).isEqualTo(theirs.protocol());
            assertThat(theirs.formats()).containsAll(ours.formats());
        }
        negotiation.streams().forEach(SdpInvariants::assertSound);
    }

    private static void assertSound(NegotiatedStream stream) {
        assertSound(stream.remoteRtp());
        assertSound(stream.remoteRtcp());
        assertThat(stream.codec().payloadType()).isBetween(0, 127);
        assertThat(stream.packetTimeMs()).isBetween(10, 60);
        stream.sendLimits().ifPresent(limits -> {
            assertThat(limits.maxWidth()).isBetween(160, 3840);
            assertThat(limits.maxHeight()).isBetween(90, 2160);
            assertThat(limits.maxFrameRate()).isBetween(1, 60);
            assertThat(limits.maxBitrateBps()).isPositive();
        });
    }

    private static void assertSound(InetSocketAddress address) {
        assertThat(address.isUnresolved()).isFalse();
        assertThat(address.getPort()).isPositive();
        assertThat(address.getAddress().isMulticastAddress()).isFalse();
    }
}
