package org.sipmgw.media.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A call that ends while its page shakes hands. */
@Tag("fault")
class ClosedHandshakeTest {

    @Test
    void closingEndsAHandshakeThatWaitsForTheOtherSide() throws Exception {
        DtlsIdentity identity = DtlsIdentity.create();
        CountDownLatch begun = new CountDownLatch(1);
        DtlsConnection connection =
                new DtlsConnection(identity, List.of(identity.fingerprint()), true, datagram -> begun.countDown());
        CompletableFuture<Boolean> failed = CompletableFuture.supplyAsync(() -> {
            try {
                connection.handshake();
                return false;
            } catch (IOException closed) {
                return true;
            }
        });
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        connection.close();
        // far below the time limit of a handshake
        assertThat(failed.get(DtlsConnection.TIMEOUT_MS / 3, TimeUnit.MILLISECONDS))
                .isTrue();
    }
}
