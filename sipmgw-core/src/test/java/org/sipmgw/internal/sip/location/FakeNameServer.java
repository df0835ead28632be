package org.sipmgw.internal.sip.location;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A name server on a UDP port that knows a few records (RFC 1035 section 4). */
final class FakeNameServer implements AutoCloseable {
    private static final int SRV = 33;
    private static final int NAPTR = 35;
    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final Map<String, List<byte[]>> records = new ConcurrentHashMap<>();

    FakeNameServer() throws IOException {
        Thread thread = new Thread(this::serve, "name-server");
        thread.setDaemon(true);
        thread.start();
    }

    String url() {
        return "dns://127.0.0.1:" + socket.getLocalPort();
    }

    void srv(String name, int priority, int weight, int port, String target) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(priority);
        out.writeShort(weight);
        out.writeShort(port);
        name(out, target);
        add(name, SRV, bytes.toByteArray());
    }

    void naptr(String name, int order, String service, String replacement) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(order);
        out.writeShort(50);
        text(out, "s");
        text(out, service);
        text(out, "");
        name(out, replacement);
        add(name, NAPTR, bytes.toByteArray());
    }

    private void add(String name, int type, byte[] data) {
        records.computeIfAbsent(name + " " + type, key -> new ArrayList<>()).add(data);
    }

    private void serve() {
        DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
        while (!socket.isClosed()) {
            try {
                packet.setLength(1500);
                socket.receive(packet);
                byte[] answer = answer(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException e) {
                return;
            }
        }
    }

    private byte[] answer(ByteBuffer query) throws IOException {
        short id = query.getShort();
        query.position(12);
        StringBuilder name = new StringBuilder();
        for (int length = query.get(); length > 0; length = query.get()) {
            byte[] label = new byte[length];
            query.get(label);
            name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
        }
        int type = query.getShort();
        List<byte[]> found = records.getOrDefault(name.toString().toLowerCase(Locale.ROOT) + " " + type, List.of());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(id);
        // an answer, with authority; no such name where nothing is known
        out.writeShort(found.isEmpty() ? 0x8583 : 0x8580);
        out.writeShort(1);
        out.writeShort(found.size());
        out.writeInt(0);
        name(out, name.toString());
        out.writeShort(type);
        out.writeShort(1);
        for (byte[] data : found) {
            name(out, name.toString());
            out.writeShort(type);
            out.writeShort(1);
            out.writeInt(60);
            out.writeShort(data.length);
            out.write(data);
        }
        return bytes.toByteArray();
    }

    private static void name(DataOutputStream out, String name) throws IOException {
        for (String label : name.split("\\.")) {
            text(out, label);
        }
        out.writeByte(0);
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        out.writeByte(text.length());
        out.writeBytes(text);
    }

    @Override
    public void close() {
        socket.close();
    }
}
