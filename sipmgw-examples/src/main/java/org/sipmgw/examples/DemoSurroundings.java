package org.sipmgw.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.sipmgw.testsupport.CoturnServer;
import org.sipmgw.testsupport.KamailioServer;
import org.sipmgw.testsupport.KamailioSettings;

/** The servers that stand around the gateway in a demo, and what its configuration says of them. Closing ends them. */
final class DemoSurroundings implements AutoCloseable {

    private final DemoWish wish;
    private final String user;
    private final Optional<KamailioServer> registrar;
    private final Optional<KamailioServer> spare;
    private final Optional<CoturnServer> turn;
    private final Path authorities;
    private boolean dead;

    private DemoSurroundings(
            DemoWish wish,
            String user,
            Optional<KamailioServer> registrar,
            Optional<KamailioServer> spare,
            Optional<CoturnServer> turn,
            Path authorities) {
        this.wish = wish;
        this.user = user;
        this.registrar = registrar;
        this.spare = spare;
        this.turn = turn;
        this.authorities = authorities;
    }

    /**
     * Starts what is asked for.
     *
     * @param user whom the gateway registers as: the room that is called
     */
    static DemoSurroundings start(DemoWish wish, String user, Path out) throws IOException {
        Deque<AutoCloseable> started = new ArrayDeque<>();
        try {
            Optional<CoturnServer> turn = Optional.empty();
            Optional<KamailioServer> registrar = Optional.empty();
            Optional<KamailioServer> spare = Optional.empty();
            StringBuilder trusted = new StringBuilder();
            if (wish.turn().isPresent()) {
                turn = Optional.of(CoturnServer.start(CoturnServer.Settings.loopback()));
                started.push(turn.get());
                trusted.append(Files.readString(turn.get().caFile()));
            }
            if (wish.registrar().isPresent()) {
                registrar = Optional.of(kamailio(user));
                started.push(registrar.get());
                trusted.append(Files.readString(registrar.get().authority()));
            }
            if (wish.registrar().isPresent() && wish.trouble()) {
                spare = Optional.of(kamailio(user));
                started.push(spare.get());
                trusted.append(Files.readString(spare.get().authority()));
            }
            Path authorities = out.resolve("authorities.pem");
            Files.writeString(authorities, trusted);
            return new DemoSurroundings(wish, user, registrar, spare, turn, authorities);
        } catch (IOException | RuntimeException e) {
            for (AutoCloseable one : started) {
                closeQuietly(one);
            }
            throw e;
        }
    }

    private static KamailioServer kamailio(String user) throws IOException {
        return KamailioServer.start(
                KamailioSettings.of(Map.of(user, "only for the demo")).withAlgorithm("SHA-256"));
    }

    private static void closeQuietly(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception e) {
            System.getLogger(DemoSurroundings.class.getName()).log(System.Logger.Level.WARNING, "not closed", e);
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
            turn.ifPresent(server -> keys.append("nat:\n  type: turn\n  server: '")
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
        if (registrar.isPresent() && spare.isPresent()) {
            // registered at both at a time: when one dies, calls need not wait for a new registration (RFC 5626)
            parameters
                    .append(";sipnat=outbound;outbound=")
                    .append(way(registrar.get()))
                    .append(";outbound2=")
                    .append(way(spare.get()));
        }
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

    private String way(KamailioServer server) {
        return "\"sip:" + at(server) + ";transport=" + wish.registrar().orElseThrow() + "\"";
    }

    private String at(KamailioServer server) {
        return "127.0.0.1:" + (wish.registrar().orElseThrow().equals("tls") ? server.tlsPort() : server.port());
    }

    /** Where the gateway registers, {@code host:port} each. */
    List<String> registrars() {
        return Stream.concat(registrar.stream(), spare.stream()).map(this::at).toList();
    }

    /** The second registrar, which takes over when the first one dies. */
    Optional<KamailioServer> spare() {
        return spare;
    }

    /** Ends the first registrar as a crash would. */
    void kill() {
        registrar.orElseThrow().kill();
        dead = true;
    }

    /** Where the room system calls the gateway, {@code host:port}; empty: at the gateway itself. */
    Optional<String> proxy() {
        return (dead ? spare : registrar).map(server -> "127.0.0.1:" + server.port());
    }

    @Override
    public void close() {
        registrar.ifPresent(KamailioServer::close);
        spare.ifPresent(KamailioServer::close);
        turn.ifPresent(CoturnServer::close);
    }
}
