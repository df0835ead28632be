package org.sipmgw.devices;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.sipmgw.process.ChildProcess;
import org.sipmgw.spi.DisplayPort;

/** One Xvfb. */
final class XvfbDisplay implements DisplayPort {
    private final String name;
    private final int width;
    private final int height;
    private final Path authority;
    private final ChildProcess xvfb;
    private final Runnable removeSocket;

    XvfbDisplay(String name, int width, int height, Path authority, ChildProcess xvfb, Runnable removeSocket) {
        this.name = name;
        this.width = width;
        this.height = height;
        this.authority = authority;
        this.xvfb = xvfb;
        this.removeSocket = removeSocket;
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
        return xvfb.pid();
    }

    @Override
    public CompletionStage<Void> ended() {
        return xvfb.onExit().thenAccept(code -> {});
    }

    @Override
    public void close() {
        xvfb.close();
        // a killed server leaves its socket
        removeSocket.run();
    }
}
