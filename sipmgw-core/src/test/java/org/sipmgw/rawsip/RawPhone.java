package org.sipmgw.rawsip;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/** A socket that speaks SIP as the test says, right or wrong. */
public final class RawPhone implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration REPEAT_AFTER = Duration.ofSeconds(2);
    private static final int REPETITIONS = 8;
    private final InetSocketAddress gateway;
    private final @Nullable DatagramSocket udp;
    private final @Nullable Socket tcp;
    private final @Nullable ServerSocket listening;
    private final @Nullable Process openssl;
    private final LinkedBlockingQueue<RawMessage> received = new LinkedBlockingQueue<>();
    private final List<Socket> incoming = new CopyOnWriteArrayList<>();
    private final StringBuilder raw = new StringBuilder();

    private RawPhone(
            InetSocketAddress gateway,
            @Nullable DatagramSocket udp,
            @Nullable Socket tcp,
            @Nullable ServerSocket listening,
            @Nullable Process openssl) {
        this.gateway = gateway;
        this.udp = udp;
        this.tcp = tcp;
        this.listening = listening;
        this.openssl = openssl;
    }

    public static RawPhone udp(InetSocketAddress gateway) throws IOException {
        DatagramSocket socket = new DatagramSocket(0, loopback(gateway));
        RawPhone phone = new RawPhone(gateway, socket, null, null, null);
        phone.spawn(() -> phone.readDatagrams(socket));
        return phone;
    }

    /** Talks over one connection, and listens on another port for connections of the gateway. */
    public static RawPhone tcp(InetSocketAddress gateway) throws IOException {
        Socket socket = new Socket(gateway.getAddress(), gateway.getPort());
        socket.setTcpNoDelay(true);
        ServerSocket listening = new ServerSocket(0, 5, loopback(gateway));
        RawPhone phone = new RawPhone(gateway, null, socket, listening, null);
        phone.spawn(() -> phone.readStream(socket.getInputStream()));
        phone.spawn(() -> {
            while (true) {
                Socket incoming = listening.accept();
                phone.incoming.add(incoming);
                phone.spawn(() -> phone.readStream(incoming.getInputStream()));
            }
        });
        return phone;
    }

    /** Talks over one connection from a port that it has used before, and that nobody can connect to; ends by a reset. */
    public static RawPhone tcpFrom(InetSocketAddress gateway, int localPort) throws IOException {
        Socket socket = connected(gateway, localPort);
        RawPhone phone = new RawPhone(gateway, null, socket, null, null);
        phone.spawn(() -> phone.readStream(socket.getInputStream()));
        return phone;
    }

    private static Socket connected(InetSocketAddress gateway, int localPort) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Socket socket = new Socket();
            try {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(loopback(gateway), localPort));
                socket.setTcpNoDelay(true);
                socket.setSoLinger(true, 0);
                socket.connect(gateway);
                return socket;
            } catch (BindException e) {
                // the thread that reads the connection before closes it when it wakes up
                socket.close();
                if (System.nanoTime() - deadline > 0) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }

    /** Talks through {@code openssl s_client}; nobody can connect to it. */
    public static RawPhone tls(InetSocketAddress gateway, List<String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/openssl", "s_client", "-quiet", "-connect"));
        command.add("127.0.0.1:" + gateway.getPort());
        command.addAll(options);
        Process openssl = new ProcessBuilder(command).start();
        RawPhone phone = new RawPhone(gateway, null, null, null, openssl);
        phone.spawn(() -> phone.readStream(openssl.getInputStream()));
        phone.spawn(() -> phone.said = new String(openssl.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
        return phone;
    }

    /** Waits for the gateway's connection by {@code openssl s_server}, under a certificate. */
    public static RawPhone tlsServer(InetSocketAddress gateway, List<String> options) throws IOException {
        int port;
        try (ServerSocket probe = new ServerSocket(0, 1, loopback(gateway))) {
            port = probe.getLocalPort();
        }
        List<String> command = new ArrayList<>(List.of("/usr/bin/openssl", "s_server", "-quiet", "-accept"));
        command.add("127.0.0.1:" + port);
        command.addAll(options);
        Process openssl = new ProcessBuilder(command).start();
        RawPhone phone = new RawPhone(gateway, null, null, null, openssl);
        phone.tlsPort = port;
        phone.spawn(() -> phone.readStream(openssl.getInputStream()));
        phone.spawn(() -> phone.said = new String(openssl.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
        return phone;
    }

    private int tlsPort = 9;

    /** What openssl has said of the connection, complete when that is closed. */
    public String said() {
        return said;
    }

    private volatile String said = "";

    private static InetAddress loopback(InetSocketAddress gateway) throws IOException {
        return InetAddress.getByName(gateway.getAddress().getAddress().length == 4 ? "127.0.0.1" : "::1");
    }

    public String transport() {
        return udp != null ? "UDP" : openssl != null ? "TLS" : "TCP";
    }

    /** host:port as Via and Contact write it. */
    public String address() {
        if (openssl != null) {
            return "127.0.0.1:" + tlsPort;
        }
        int port = udp != null ? udp.getLocalPort() : listening != null ? listening.getLocalPort() : tcp.getLocalPort();
        return (gateway.getAddress().getAddress().length == 4 ? "127.0.0.1" : "[::1]") + ":" + port;
    }

    public String gatewayAddress() {
        String host = gateway.getAddress().getAddress().length == 4 ? "127.0.0.1" : "[::1]";
        return host + ":" + gateway.getPort();
    }

    public void send(String text) {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    public void send(byte[] bytes) {
        try {
            if (udp != null) {
                udp.send(new DatagramPacket(bytes, bytes.length, gateway));
            } else if (openssl != null) {
                openssl.getOutputStream().write(bytes);
                openssl.getOutputStream().flush();
            } else {
                tcp.getOutputStream().write(bytes);
                tcp.getOutputStream().flush();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The next message that fits; others before it are dropped. */
    public RawMessage await(String what, Predicate<RawMessage> wanted) {
        return await(what, wanted, PATIENCE);
    }

    public RawMessage await(String what, Predicate<RawMessage> wanted, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        StringBuilder seen = new StringBuilder();
        try {
            while (true) {
                RawMessage message = received.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (message == null) {
                    return Assertions.fail("no " + what + " within " + patience + "; seen: " + seen);
                }
                if (wanted.test(message)) {
                    return message;
                }
                seen.append(message.startLine())
                        .append(" (")
                        .append(message.cseq())
                        .append("); ");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends a request as RFC 3261 section 17.1.2 says, again and again where datagrams may get lost; its final answer. */
    public RawMessage ask(String request, String cseq) {
        String callId = RawMessage.parse(request).header("Call-ID").orElseThrow();
        // a late answer may come that was for another who had this port before
        Predicate<RawMessage> isFinal = m -> m.isResponse()
                && m.status() >= 200
                && m.cseq().equals(cseq)
                && m.header("Call-ID").orElse("").equals(callId);
        for (int i = 0; udp != null && i < REPETITIONS; i++) {
            send(request);
            try {
                return await("answer", isFinal, REPEAT_AFTER);
            } catch (AssertionError none) {
                // once more
            }
        }
        send(request);
        return await("final answer to " + cseq, isFinal);
    }

    /** The final answer to the request with this CSeq. */
    public RawMessage awaitFinal(String cseq) {
        return await(
                "final answer to " + cseq,
                m -> m.isResponse() && m.status() >= 200 && m.cseq().equals(cseq));
    }

    public RawMessage awaitStatus(int status) {
        return await("answer " + status, m -> m.status() == status);
    }

    public RawMessage awaitRequest(String method) {
        return await(method, m -> !m.isResponse() && m.method().equals(method));
    }

    /** Whether nothing that fits comes within a time. */
    public boolean silentAbout(Predicate<RawMessage> unwanted, Duration time) throws InterruptedException {
        long deadline = System.nanoTime() + time.toNanos();
        while (true) {
            RawMessage message = received.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (message == null) {
                return true;
            }
            if (unwanted.test(message)) {
                return false;
            }
        }
    }

    /** Everything the TCP connection has brought that was no message: keep-alives. */
    public String rawTail() {
        synchronized (raw) {
            return raw.toString();
        }
    }

    public boolean connectionClosed() {
        return udp == null && closedByGateway;
    }

    private volatile boolean closedByGateway;

    private void readDatagrams(DatagramSocket socket) throws IOException {
        byte[] buffer = new byte[65536];
        while (true) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            socket.receive(packet);
            received.add(RawMessage.parse(new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8)));
        }
    }

    private void readStream(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int next;
        while ((next = in.read()) >= 0) {
            head.write(next);
            String text = head.toString(StandardCharsets.UTF_8);
            if (text.equals("\r\n")) {
                synchronized (raw) {
                    raw.append(text);
                }
                head.reset();
            } else if (text.endsWith("\r\n\r\n")) {
                RawMessage message = RawMessage.parse(text);
                int length = Integer.parseInt(message.header("Content-Length").orElse("0"));
                String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
                received.add(new RawMessage(message.startLine(), message.headers(), body));
                head.reset();
            }
        }
        closedByGateway = true;
    }

    private void spawn(Reading reading) {
        Thread thread = new Thread(
                () -> {
                    try {
                        reading.read();
                    } catch (IOException closed) {
                        closedByGateway = true;
                    }
                },
                "raw-phone");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            if (udp != null) {
                udp.close();
            } else if (openssl != null) {
                openssl.destroyForcibly();
            } else {
                tcp.close();
                if (listening != null) {
                    listening.close();
                }
                for (Socket socket : incoming) {
                    socket.close();
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private interface Reading {
        void read() throws IOException;
    }
}
