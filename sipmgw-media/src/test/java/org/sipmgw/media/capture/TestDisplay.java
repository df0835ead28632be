package org.sipmgw.media.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sipmgw.spi.DisplayPort;

/** A real Xvfb on a display number of its own choice, with an authority file of its own. */
final class TestDisplay implements DisplayPort {
    private static final String COOKIE = "00112233445566778899aabbccddeeff";

    private final Path directory;
    private final int width;
    private final int height;
    private final Path authority;
    private final TestProcess server;
    private final String name;

    TestDisplay(int width, int height) throws IOException {
        this.width = width;
        this.height = height;
        directory = Files.createTempDirectory("display");
        authority = directory.resolve("authority");
        Files.write(authority, authorityEntry());
        Path number = directory.resolve("number");
        String run = "exec Xvfb -displayfd 3 -screen 0 " + width + "x" + height + "x24 -nolisten tcp -noreset -auth "
                + authority + " 3>" + number;
        server = new TestProcess(directory.resolve("log"), Map.of(), List.of("sh", "-c", run));
        name = ":"
                + Await.value(
                        () -> Files.exists(number) ? Files.readString(number).strip() : "");
    }

    private static byte[] authorityEntry() {
        byte[] cookie = new java.math.BigInteger("00" + COOKIE, 16).toByteArray();
        byte[] data = new byte[16];
        int from = Math.max(0, cookie.length - 16);
        System.arraycopy(cookie, from, data, 16 - (cookie.length - from), cookie.length - from);
        String key = "MIT-MAGIC-COOKIE-1";
        java.nio.ByteBuffer entry = java.nio.ByteBuffer.allocate(64);
        entry.putShort((short) 0xffff).putShort((short) 0).putShort((short) 0);
        entry.putShort((short) key.length()).put(key.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        entry.putShort((short) 16).put(data);
        return java.util.Arrays.copyOf(entry.array(), entry.position());
    }

    /** Draws a GStreamer test picture over the whole display until the returned process is closed. */
    TestProcess draw(String source) {
        return program(List.of(
                "sh",
                "-c",
                "exec gst-launch-1.0 -q " + source + " ! video/x-raw,width=" + width + ",height=" + height
                        + ",framerate=30/1 ! videoconvert ! ximagesink sync=true"));
    }

    TestProcess program(List<String> command) {
        return new TestProcess(directory.resolve("program.log"), environment(), command);
    }

    TestProcess server() {
        return server;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int height() {
        return height;
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("DISPLAY", name, "XAUTHORITY", authority.toString());
    }

    @Override
    public long pid() {
        return server.process().pid();
    }

    @Override
    public CompletionStage<Void> ended() {
        return CompletableFuture.allOf(server.process().onExit());
    }

    @Override
    public void close() {
        server.process().destroy();
        server.waitFor();
        server.close();
        assertThat(server.process().isAlive()).isFalse();
        TestFiles.delete(directory);
    }
}
