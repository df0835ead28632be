package org.sipmgw.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipmgw.ListeningPoint;
import org.sipmgw.PublicSipAddress;
import org.sipmgw.admission.AdmissionRules;
import org.sipmgw.admission.DigestUser;
import org.sipmgw.admission.RateLimit;
import org.sipmgw.sdp.EncryptionPolicy;
import org.sipmgw.sdp.SrtpSuite;
import org.sipmgw.spi.ConfigException;
import org.sipmgw.tls.TlsSettings;

class LauncherConfigTest {

    private static final String LEAST = """
            sip:
              listen: udp:127.0.0.1:0
            conference:
              page: https://meet.example/videoroomtest.html?room={room}
              allowedHosts: [meet.example]
            """;

    @Test
    void theSampleIsAccepted() throws IOException {
        try (InputStream sample = LauncherConfig.class.getResourceAsStream("sample.yaml")) {
            LauncherConfig config = LauncherConfig.parse(new String(sample.readAllBytes(), StandardCharsets.UTF_8));
            assertThat(config.listen())
                    .containsExactly(ListeningPoint.udp("127.0.0.1", 5060), ListeningPoint.tcp("127.0.0.1", 5060));
            assertThat(config.browser().width()).isEqualTo(1280);
            assertThat(config.ports()).isEqualTo(new LauncherConfig.PortRange(20_000, 20_999, 0, Optional.empty()));
        }
    }

    @Test
    void whatIsNotGivenHasItsDefault() {
        LauncherConfig config = LauncherConfig.parse(LEAST);
        assertThat(config.gateway().maxCalls()).isEqualTo(10);
        assertThat(config.browser().warm()).isEqualTo(1);
        assertThat(config.defaultRoom()).isEmpty();
    }

    @Test
    void devicesOfTheKernelAreAnOption() {
        assertThat(LauncherConfig.parse(LEAST).browser().devices()).isEqualTo(Devices.BRIDGED);
        LauncherConfig.Browser browser = LauncherConfig.parse(LEAST + "browser:\n  devices: kernel\n  patience: 20\n")
                .browser();
        assertThat(browser.devices()).isEqualTo(Devices.KERNEL);
        assertThat(browser.patience()).isEqualTo(20);
        assertThatThrownBy(() -> LauncherConfig.parse(LEAST + "browser:\n  devices: usb\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("bridged, kernel, auto");
    }

    @Test
    void aPublicAddressIsRead() {
        String yaml = LEAST.replace("sip:\n", "sip:\n  publicAddress: 203.0.113.7:5070\n");
        assertThat(LauncherConfig.parse(yaml).publicAddress()).contains(new PublicSipAddress("203.0.113.7", 5070));
    }

    @Test
    void callsWithIceHaveAPortOfTheirOwnWhereOneIsGiven() throws IOException {
        assertThat(LauncherConfig.parse(LEAST + "media:\n  icePort: 30000\n  secondAddress: 192.0.2.1\n")
                        .ports())
                .isEqualTo(new LauncherConfig.PortRange(
                        20_000, 20_999, 30_000, Optional.of(InetAddress.getByName("192.0.2.1"))));
        assertThatThrownBy(() -> LauncherConfig.parse(LEAST + "media:\n  icePort: 70000\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("media.icePort");
    }

    @Test
    void encryptionIsPreferredUnlessSaidOtherwise() {
        assertThat(LauncherConfig.parse(LEAST).gateway().encryption()).isEqualTo(EncryptionPolicy.preferred());
        EncryptionPolicy policy = LauncherConfig.parse(LEAST
                        + "media:\n  encryption: required\n  keyExchange: dtls\n  srtpSuites: [AEAD_AES_128_GCM]\n")
                .gateway()
                .encryption();
        assertThat(policy.level()).isEqualTo(EncryptionPolicy.Level.REQUIRED);
        assertThat(policy.accepted()).containsExactly(EncryptionPolicy.KeyExchange.DTLS);
        assertThat(policy.suites()).containsExactly(SrtpSuite.AEAD_AES_128_GCM);
        assertThat(LauncherConfig.parse(LEAST + "media:\n  encryption: off\n")
                        .gateway()
                        .encryption()
                        .level())
                .isEqualTo(EncryptionPolicy.Level.OFF);
        assertThatThrownBy(() -> LauncherConfig.parse(LEAST + "media:\n  srtpSuites: [NULL]\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("media.srtpSuites")
                .hasMessageContaining("AEAD_AES_256_GCM");
    }

    @Test
    void readsWhoMayCallAndNeverShowsSecrets() {
        AdmissionRules rules = LauncherConfig.parse(LEAST + """
                        admission:
                          allowed: [192.0.2.0/24, "2001:db8::/32"]
                          perSourcePerSecond: 5
                          totalBurst: 7
                          digest:
                            realm: gw.example
                            exempt: 192.0.2.1
                            users:
                              alice: secret
                              bob: md5:0123456789abcdef0123456789abcdef
                        """).admission();
        assertThat(rules.allowed()).hasSize(2);
        assertThat(rules.perSource()).isEqualTo(new RateLimit(5, 40));
        assertThat(rules.total()).isEqualTo(new RateLimit(100, 7));
        assertThat(rules.refuses("friendly-scanner")).isTrue();
        assertThat(rules.digest().orElseThrow().users())
                .extracting(DigestUser::name)
                .containsExactly("alice", "bob");
        assertThat(rules.toString()).doesNotContain("secret", "0123456789abcdef");
        assertThatThrownBy(() -> LauncherConfig.parse(LEAST + "admission:\n  digest:\n    users: [secret]\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("admission.digest.users")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nat:\n  type: turn\n  server: turn:h\n  user: u\n  password: [geheim]\n",
                "nat:\n  password: {geheim: 1}\n",
                "nat: [password, geheim]\n",
                "nat: geheim\n",
                "admission:\n  digest: geheim\n",
                "admission:\n  digest:\n    realm: {alice: geheim}\n",
                "accounts: {'<sip:a@h>;auth_pass=geheim': 1}\n"
            })
    void aValueInAWrongPlaceIsNotShown(String yaml) {
        assertThatThrownBy(() -> LauncherConfig.parse(LEAST + yaml))
                .isInstanceOf(ConfigException.class)
                .satisfies(refusal -> assertThat(trace(refusal)).doesNotContain("geheim"));
    }

    @Test
    void aFileThatIsOneTextIsNotShown() {
        assertThatThrownBy(() -> LauncherConfig.parse("<sip:a@h>;auth_pass=geheim"))
                .isInstanceOf(ConfigException.class)
                .satisfies(refusal -> assertThat(trace(refusal)).doesNotContain("geheim"));
    }

    private static String trace(Throwable problem) {
        StringWriter text = new StringWriter();
        problem.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Test
    void readsTlsKeys() {
        LauncherConfig config = LauncherConfig.parse(LEAST.replace("udp:", "tls:") + """
                        tls:
                          certificate: /etc/sipmgw/tls.pem
                          key: /etc/sipmgw/tls.key
                          ca: /etc/sipmgw/ca.pem
                          clientCertificates: required
                        """);
        assertThat(config.listen()).containsExactly(ListeningPoint.tls("127.0.0.1", 0));
        assertThat(config.tls().clientCertificates()).isEqualTo(TlsSettings.ClientCertificates.REQUIRED);
        assertThat(config.tls().verifyServers()).isTrue();
        assertThatThrownBy(() -> LauncherConfig.parse(LEAST + "tls:\n  clientCertificates: maybe\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("none, wanted, required");
    }

    @Test
    void anUnknownKeyIsRefusedByNameWithTheAllowedOnes() {
        assertThatThrownBy(() -> LauncherConfig.parse(LEAST + "browser:\n  wram: 2\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("browser.wram")
                .hasMessageContaining("warm")
                .hasMessageContaining("size");
        assertThatThrownBy(() -> LauncherConfig.parse(LEAST + "sipp: 1\n")).hasMessageContaining("sipp");
    }

    @Test
    void aValueThatCannotBeIsRefusedWithWhatCan() {
        assertThatThrownBy(() -> LauncherConfig.parse(LEAST + "calls:\n  max: 0\n"))
                .hasMessageContaining("calls.max")
                .hasMessageContaining("1 to 1000");
        assertThatThrownBy(() -> LauncherConfig.parse(LEAST.replace("udp:127.0.0.1:0", "sctp:1.2.3.4:5")))
                .hasMessageContaining("sip.listen");
        assertThatThrownBy(() -> LauncherConfig.parse(LEAST + "browser:\n  size: big\n"))
                .hasMessageContaining("WIDTHxHEIGHT");
    }

    @Test
    void whatIsNoYamlIsRefused() {
        assertThatThrownBy(() -> LauncherConfig.parse("a: [1")).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> LauncherConfig.parse("password: 'geheim\nb: [1"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("line 2")
                .hasNoCause()
                .hasMessageNotContaining("geheim");
        assertThatThrownBy(() -> LauncherConfig.parse("just words")).isInstanceOf(ConfigException.class);
    }
}
