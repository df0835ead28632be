package org.sipmgw.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.sipmgw.testsupport.CoturnServer;
import org.sipmgw.testsupport.KamailioServer;
import org.sipmgw.testsupport.KamailioSettings;

/** The servers that stand around the gateway in a demo, and what its configuration says of them. Closing ends them. */
final class DemoSurroundings implements AutoCloseable {

    private final DemoWish wish;
    private final String user;
    private final Optional<KamailioServer> registrar;
    private final Optional<CoturnServer> turn;
    private final Path authorities;

    private DemoSurroundings(
            DemoWish wish,
            String user,
            Optional<KamailioServer> registrar,
            Optional<CoturnServer> turn,
            Path authorities) {
        this.wish = wish;
        this.user = user;
        this.registrar = registrar;
        this.turn = turn;
        this.authorities = authorities;
    }

    /**
     * Starts what is asked for.
     *
     * @param user whom the gateway registers as: the room that is called
     */
    static DemoSurroundings start(DemoWish wish, String user, Path out) throws IOException {
        Optional<CoturnServer> turn = wish.turn().isPresent()
                ? Optional.of(CoturnServer.start(CoturnServer.Settings.loopback()))
                : Optional.empty();
        try {
            Optional<KamailioServer> registrar = wish.registrar().isPresent()
                    ? Optional.of(KamailioServer.start(KamailioSettings.of(Map.of(user, "only for the demo"))
                            .withAlgorithm("SHA-256")))
                    : Optional.empty();
            StringBuilder trusted = new StringBuilder();
            if (registrar.isPresent()) {
                trusted.append(Files.readString(registrar.get().authority()));
            }
            if (turn.isPresent()) {
                trusted.append(Files.readString(turn.get().caFile()));
            }
            Path authorities = out.resolve("authorities.pem");
            Files.writeString(authorities, trusted);
            return new DemoSurroundings(wish, user, registrar, turn, authorities);
        } catch (IOException | RuntimeException e) {
            turn.ifPresent(CoturnServer::close);
            throw e;
        }
    }

    /** The part of the configuration that tells how the gateway is reached. */
    String configuration() {
        StringBuilder keys = new StringBuilder();
        if (registrar.isPresent()) {
            String transport = wish.registrar().orElseThrow();
            keys.append("accounts: ['")
                    .append(registrar.get().account(user, transport, parameters()))
                    .append("']\n");
        } else {
            keys.append("sip:\n  listen: udp:127.0.0.1:0\n");
            turn.ifPresent(server -> keys.append("nat:\n  traversal: turn\n  server: '")
                    .append(server.uri(wish.turn().orElseThrow()))
                    .append("'\n  user: ")
                    .append(CoturnServer.USER)
                    .append("\n  password: ")
                    .append(CoturnServer.PASSWORD)
                    .append('\n'));
        }
        if (registrar.isPresent() || turn.isPresent()) {
            keys.append("tls:\n  ca: ").append(authorities.toAbsolutePath()).append('\n');
        }
        String encryption = switch (wish.encryption()) {
            case NONE -> "encryption: off";
            case SDES -> "encryption: required\n  keyExchange: [sdes]";
            case DTLS -> "encryption: required\n  keyExchange: [dtls]";
        };
        return keys.append("media:\n  ").append(encryption).append('\n').toString();
    }

    private String parameters() {
        StringBuilder parameters = new StringBuilder(";answermode=auto");
        turn.ifPresent(server -> parameters
                .append(";medianat=turn;stunserver=\"")
                .append(server.uri(wish.turn().orElseThrow()))
                .append("\";stunuser=")
                .append(CoturnServer.USER)
                .append(";stunpass=\"")
                .append(CoturnServer.PASSWORD)
                .append('"'));
        return parameters.toString();
    }

    /** Where the room system calls the gateway, {@code host:port}; empty: at the gateway itself. */
    Optional<String> proxy() {
        return registrar.map(server -> "127.0.0.1:" + server.port());
    }

    @Override
    public void close() {
        registrar.ifPresent(KamailioServer::close);
        turn.ifPresent(CoturnServer::close);
    }
}
