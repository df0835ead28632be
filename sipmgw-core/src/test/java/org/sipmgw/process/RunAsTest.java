package org.sipmgw.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.sipmgw.spi.ConfigException;

class RunAsTest {

    @Test
    void refusesRoot() {
        assertThatThrownBy(() -> RunAs.of("root:x:0:0:root:/root:/bin/bash", 0))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("runAs: 'root'")
                .hasMessageContaining("ordinary user");
        assertThatThrownBy(() -> new RunAs("toor", 0, 0, true)).isInstanceOf(ConfigException.class);
    }

    @Test
    void refusesAnotherUserUnlessTheGatewayIsRoot() {
        String entry = "sipmgw:x:990:991::/var/lib/sipmgw:/usr/sbin/nologin";
        assertThat(RunAs.of(entry, 0)).isEqualTo(new RunAs("sipmgw", 990, 991, true));
        assertThat(RunAs.of(entry, 990)).isEqualTo(new RunAs("sipmgw", 990, 991, false));
        assertThatThrownBy(() -> RunAs.of(entry, 1000)).isInstanceOf(ConfigException.class);
    }

    @Test
    void changesUserOnlyWhenRoot() {
        assertThat(new RunAs("u", 990, 991, false).prefix()).isEmpty();
        assertThat(new RunAs("u", 990, 991, true).prefix())
                .startsWith("setpriv", "--reuid=990", "--regid=991", "--init-groups")
                .contains("--bounding-set=-all", "--no-new-privs")
                .endsWith("--");
    }
}
