package org.sipmgw.testsupport;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** A UDP socket with client transactions (RFC 3261 section 17.1), as small as they can be. */
final class SipSocket implements AutoCloseable {

    private static final long T1_MS = 500;
    private static final int LARGEST = 65_535;

    private final DatagramSocket socket;
    private final Map<String, BlockingQueue<SipMessage>> transactions = new ConcurrentHashMap<>();
    private final BiConsumer<SipMessage, InetSocketAddress> requests;

    SipSocket(String name, BiConsumer<SipMessage, InetSocketAddress> requests) throws IOException {
        this.socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
        this.requests = requests;
        Thread thread = new Thread(this::receive, name + "-sip");
        thread.setDaemon(true);
        thread.start();
    }

    String authority() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /** Opens a transaction: responses to this branch and method are kept. */
    BlockingQueue<SipMessage> open(String branch, String method) {
        return transactions.computeIfAbsent(branch + method, b -> new LinkedBlockingQueue<>());
    }

    void send(SipMessage message, InetSocketAddress target) throws IOException {
        byte[] bytes = message.bytes();
        socket.send(new DatagramPacket(bytes, bytes.length, target));
    }

    /** Sends a request, again and again until something answers, and waits for its final response. */
    SipMessage ask(SipMessage request, InetSocketAddress target, long timeoutMs) throws IOException {
        String branch = request.parameter("Via", "branch").orElseThrow();
        BlockingQueue<SipMessage> responses = open(branch, request.method());
        long end = System.nanoTime() + timeoutMs * 1_000_000;
        long repeatMs = T1_MS;
        send(request, target);
        boolean answered = false;
        while (System.nanoTime() < end) {
            SipMessage response = poll(responses, Math.min(repeatMs, (end - System.nanoTime()) / 1_000_000 + 1));
            if (response == null && !answered) {
                send(request, target);
                repeatMs = Math.min(4000, repeatMs * 2);
            } else if (response != null && response.status() >= 200) {
                return response;
            } else if (response != null) {
                answered = true;
            }
        }
        throw new IOException(request.method() + ": no final response within " + timeoutMs + " ms");
    }

    static SipMessage poll(BlockingQueue<SipMessage> queue, long timeoutMs) throws IOException {
        try {
            return queue.poll(timeoutMs, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        socket.close();
    }

    private void receive() {
        byte[] buffer = new byte[LARGEST];
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        while (!socket.isClosed()) {
            try {
                packet.setLength(buffer.length);
                socket.receive(packet);
                if (packet.getLength() > 10) {
                    take(SipMessage.parse(buffer, packet.getLength()), (InetSocketAddress) packet.getSocketAddress());
                }
            } catch (IOException | RuntimeException e) {
                System.getLogger(SipSocket.class.getName()).log(System.Logger.Level.DEBUG, "not understood", e);
            }
        }
    }

    private void take(SipMessage message, InetSocketAddress source) {
        if (message.isResponse()) {
            BlockingQueue<SipMessage> waiting =
                    transactions.get(message.parameter("Via", "branch").orElse("") + message.method());
            if (waiting != null) {
                waiting.add(message);
            }
        } else {
            requests.accept(message, source);
        }
    }
}
