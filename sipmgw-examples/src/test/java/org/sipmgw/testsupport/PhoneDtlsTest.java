package org.sipmgw.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sipmgw.media.dtls.DtlsConnection;
import org.sipmgw.media.dtls.DtlsIdentity;

@Tag("srtp")
@Timeout(30)
class PhoneDtlsTest {

    private static final byte[] PACKET = RtpPacket.of(96, false, 7, 960, 0x1234, new byte[] {1, 2, 3});

    private final DtlsIdentity phoneIdentity = DtlsIdentity.create();
    private final DtlsIdentity gatewayIdentity = DtlsIdentity.create();
    private final AtomicReference<PhoneDtls> phone = new AtomicReference<>();

    /** Takes whichever role the phone does not. */
    private PhoneSrtp meet(boolean phoneIsClient, DtlsIdentity stated) throws IOException {
        DtlsConnection gateway = new DtlsConnection(
                gatewayIdentity,
                List.of(phoneIdentity.fingerprint()),
                !phoneIsClient,
                datagram -> phone.get().handshake(datagram, datagram.length));
        phone.set(new PhoneDtls(phoneIdentity, datagram -> gateway.datagram(datagram, 0, datagram.length)));
        phone.get()
                .answered(List.of(
                        "rtcp-mux",
                        "setup:" + (phoneIsClient ? "passive" : "active"),
                        "fingerprint:" + stated.fingerprint()));
        PhoneSrtp other = new PhoneSrtp();
        other.use(gateway.handshake());
        return other;
    }

    private byte[] protectedOnceKeyed() throws InterruptedException {
        byte[] sent = phone.get().srtp().protect(PACKET, false);
        while (sent.length == 0) {
            Thread.sleep(5);
            sent = phone.get().srtp().protect(PACKET, false);
        }
        return sent;
    }

    private void meetsAs(boolean client) throws Exception {
        PhoneSrtp gateway = meet(client, gatewayIdentity);
        byte[] sent = protectedOnceKeyed();
        assertThat(sent).hasSizeGreaterThan(PACKET.length);
        int length = gateway.open(sent, sent.length, false);
        assertThat(Arrays.copyOf(sent, length)).isEqualTo(PACKET);
        phone.get().close();
    }

    @Test
    void whatItProtectsAsServerTheGatewayOpens() throws Exception {
        meetsAs(false);
    }

    @Test
    void whatItProtectsAsClientTheGatewayOpens() throws Exception {
        meetsAs(true);
    }

    @Test
    void anotherCertificateThanTheAnswersGetsNoKeys() {
        assertThatThrownBy(() -> meet(true, DtlsIdentity.create())).isInstanceOf(IOException.class);
        assertThat(phone.get().srtp().protect(PACKET, false)).isEmpty();
        phone.get().close();
    }

    @Test
    void anAnswerWithoutFingerprintIsAnError() {
        phone.set(new PhoneDtls(phoneIdentity, datagram -> {}));
        assertThatThrownBy(() -> phone.get().answered(List.of("rtcp-mux", "setup:active")))
                .isInstanceOf(IllegalStateException.class);
    }
}
