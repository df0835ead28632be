package org.sipmgw.testsupport;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;

/** Baresip as a room system behind the NAT of a {@link NatLab}. Thread-safe. */
public final class NattedBaresip implements AutoCloseable {
    private static final long START_MS = 10_000;
    private static final long POLL_MS = 20;

    private final Path directory;
    private final Program baresip;
    private final BaresipControl control;

    private NattedBaresip(Path directory, Program baresip, BaresipControl control) {
        this.directory = directory;
        this.baresip = baresip;
        this.control = control;
    }

    /** Starts one; {@code account} is what follows the address in its accounts line, as {@code medianat=ice}. */
    public static NattedBaresip start(NatLab lab, BaresipSettings settings, String account) throws IOException {
        Path directory = Directories.temporary("baresip");
        try {
            int controlPort = FreePorts.block(1);
            configure(directory, lab, settings, account, controlPort);
            Program baresip = Program.start(
                    List.of("ip", "netns", "exec", lab.roomNamespace(), "baresip", "-f", directory.toString()),
                    directory,
                    Map.of("LC_ALL", "C"));
            BaresipControl[] control = new BaresipControl[1];
            try {
                baresip.await(
                        () -> {
                            try {
                                control[0] = BaresipControl.connect(lab.roomControlAddress(), controlPort);
                                return true;
                            } catch (IOException e) {
                                return false;
                            }
                        },
                        START_MS);
            } catch (IOException e) {
                baresip.close();
                throw e;
            }
            return new NattedBaresip(directory, baresip, control[0]);
        } catch (IOException | RuntimeException e) {
            Directories.delete(directory);
            throw e;
        }
    }

    private static void configure(Path directory, NatLab lab, BaresipSettings settings, String account, int controlPort)
            throws IOException {
        BaresipMedia.picture(
                new Pattern(PhoneMedia.ROOM_SENDER, "Meeting room", settings.width(), settings.height(), 30),
                settings.seconds(),
                directory.resolve("picture.mp4"));
        BaresipMedia.sound(Tones.ROOM, settings.seconds(), directory.resolve("sound.wav"));
        String text = BaresipConfig.text(settings, directory, FreePorts.block(2), FreePorts.block(40), controlPort)
                .replace("ctrl_tcp_listen 127.0.0.1", "ctrl_tcp_listen " + lab.roomControlAddress())
                .replace("sip_listen 127.0.0.1", "sip_listen " + lab.roomAddress())
                .replace("net_interface 127.0.0.1", "net_interface " + lab.roomAddress())
                .replace(
                        "module snapshot.so", "module snapshot.so\nmodule ice.so\nmodule srtp.so\nmodule dtls_srtp.so");
        Files.writeString(directory.resolve("config"), text);
        Files.writeString(
                directory.resolve("accounts"),
                "<sip:room@" + lab.roomAddress() + ";transport=udp>;regint=0;audio_codecs=" + settings.audioCodecs()
                        + ";video_codecs=" + settings.videoCodec() + (account.isEmpty() ? "" : ";" + account) + "\n");
        Files.writeString(directory.resolve("contacts"), "");
    }

    /** Calls and waits until the call is established; throws when it ends instead. */
    public void call(String uri, long timeoutMs) throws IOException {
        control.command("dial", uri);
        long end = System.nanoTime() + timeoutMs * 1_000_000;
        while (System.nanoTime() < end) {
            List<String> events = control.events().stream()
                    .map(e -> String.valueOf(e.get("type")))
                    .toList();
            if (events.contains("CALL_ESTABLISHED")) {
                return;
            }
            if (events.contains("CALL_CLOSED") || !baresip.alive()) {
                break;
            }
            Program.pause(POLL_MS);
        }
        throw new IOException("no call: " + control.events() + "\n" + baresip.lastWords());
    }

    /** Hangs up. */
    public void hangUp() throws IOException {
        control.command("hangup", "");
    }

    /** The picture that baresip decoded last; empty where it has none. */
    public Optional<BufferedImage> snapshot() throws IOException {
        Path file = directory.resolve("snapshot-" + System.nanoTime() + ".png");
        control.command("snapshot_recv", file.toString());
        for (int i = 0; i < 50; i++) {
            Program.pause(POLL_MS);
            if (Files.exists(file) && Files.size(file) > 0) {
                Program.pause(5 * POLL_MS);
                return Optional.ofNullable(ImageIO.read(file.toFile()));
            }
        }
        return Optional.empty();
    }

    /** What baresip has printed. */
    public String log() {
        return baresip.output();
    }

    @Override
    public void close() {
        baresip.close();
        control.close();
        Directories.delete(directory);
    }
}
