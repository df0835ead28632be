package org.sipmgw.testsupport;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Baresip's control connection: JSON in netstrings over TCP (module ctrl_tcp). Thread-safe. */
final class BaresipControl implements AutoCloseable {

    private static final long ANSWER_MS = 5000;
    private static final int LONGEST_NUMBER = 8;

    private final Socket socket;
    private final OutputStream out;
    private final List<Map<String, Object>> events = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Map<String, Object>> responses = new LinkedBlockingQueue<>();

    private BaresipControl(Socket socket) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
        Thread thread = new Thread(this::read, "baresip-control");
        thread.setDaemon(true);
        thread.start();
    }

    static BaresipControl connect(int port) throws IOException {
        return connect("127.0.0.1", port);
    }

    static BaresipControl connect(String address, int port) throws IOException {
        return new BaresipControl(new Socket(InetAddress.getByName(address), port));
    }

    /** Gives a command and waits for its response's text. */
    synchronized String command(String command, String parameters) throws IOException {
        responses.clear();
        String json = JSON.std.asString(Map.of("command", command, "params", parameters, "token", command));
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        out.write((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
        out.write(',');
        out.flush();
        try {
            Map<String, Object> response = responses.poll(ANSWER_MS, TimeUnit.MILLISECONDS);
            if (response == null) {
                throw new IOException("baresip does not answer '" + command + "'");
            }
            return String.valueOf(response.get("data"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Events so far, oldest first. */
    List<Map<String, Object>> events() {
        return events;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            System.getLogger(BaresipControl.class.getName()).log(System.Logger.Level.TRACE, "closed", e);
        }
    }

    private void read() {
        try (InputStream in = new BufferedInputStream(socket.getInputStream())) {
            while (true) {
                int length = length(in);
                if (length < 0) {
                    return;
                }
                String json = new String(in.readNBytes(length), StandardCharsets.UTF_8);
                in.skipNBytes(1);
                Map<String, Object> message = JSON.std.mapFrom(json);
                if (Boolean.TRUE.equals(message.get("event"))) {
                    events.add(message);
                } else {
                    responses.add(message);
                }
            }
        } catch (IOException e) {
            System.getLogger(BaresipControl.class.getName()).log(System.Logger.Level.TRACE, "closed", e);
        }
    }

    private static int length(InputStream in) throws IOException {
        StringBuilder digits = new StringBuilder();
        for (int c = in.read(); c != ':'; c = in.read()) {
            if (c < '0' || c > '9' || digits.length() == LONGEST_NUMBER) {
                return -1;
            }
            digits.append((char) c);
        }
        return Integer.parseInt(digits.toString());
    }
}
