package org.sipmgw.internal.sip.tls;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.sipmgw.fakes.Authority;

/** {@code openssl s_server}: sends back each line reversed. */
final class OpensslServer implements AutoCloseable {
    private final Process process;
    private final int port;

    OpensslServer(Authority.Identity identity, List<String> options) throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            port = probe.getLocalPort();
        }
        List<String> command =
                new ArrayList<>(List.of("/usr/bin/openssl", "s_server", "-accept", "127.0.0.1:" + port, "-rev"));
        command.addAll(identity.options());
        command.addAll(options);
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        StringBuilder said = new StringBuilder();
        while (said.indexOf("ACCEPT") < 0) {
            int next = process.getInputStream().read();
            if (next < 0) {
                throw new IOException("openssl s_server does not start: " + said);
            }
            said.append((char) next);
        }
        Thread drain = new Thread(() -> {
            try {
                process.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            } catch (IOException ended) {
                return;
            }
        });
        drain.setDaemon(true);
        drain.start();
    }

    InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", port);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
