package org.sipmgw.testsupport;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;

/**
 * A real SIP room system without screen and speaker: baresip with the {@link Pattern} as its camera and the
 * {@link Tones} as its microphone, steered over its control connection, its media recorded by a {@link MediaTap}. Needs
 * Debian's packages baresip, baresip-ffmpeg and ffmpeg. Thread-safe.
 */
public final class BaresipPhone implements AutoCloseable {

    private static final long START_MS = 10_000;
    private static final long POLL_MS = 20;

    private final Path directory;
    private final Program baresip;
    private final BaresipControl control;
    private final MediaTap tap;

    private BaresipPhone(Path directory, Program baresip, BaresipControl control, MediaTap tap) {
        this.directory = directory;
        this.baresip = baresip;
        this.control = control;
        this.tap = tap;
    }

    /** Starts one that will call the gateway at {@code host:port}. */
    public static BaresipPhone start(String gateway, BaresipSettings settings) throws IOException {
        Path directory = Directories.temporary("baresip");
        MediaTap tap = MediaTap.before(gateway);
        try {
            int controlPort = FreePorts.block(1);
            configure(directory, settings, controlPort, tap.authority());
            Program baresip =
                    Program.start(List.of("baresip", "-f", directory.toString()), directory, Map.of("LC_ALL", "C"));
            return new BaresipPhone(directory, baresip, control(baresip, controlPort), tap);
        } catch (IOException | RuntimeException e) {
            tap.close();
            Directories.delete(directory);
            throw e;
        }
    }

    private static BaresipControl control(Program baresip, int port) throws IOException {
        BaresipControl[] control = new BaresipControl[1];
        try {
            baresip.await(
                    () -> {
                        try {
                            control[0] = BaresipControl.connect(port);
                            return true;
                        } catch (IOException e) {
                            return false;
                        }
                    },
                    START_MS);
            return control[0];
        } catch (IOException e) {
            baresip.close();
            throw e;
        }
    }

    /** Calls and waits until the call is established; throws when it ends instead. */
    public void call(String user, long timeoutMs) throws IOException {
        int before = control.events().size();
        control.command("dial", "sip:" + user + "@" + tap.authority());
        String event = await(before, timeoutMs, "CALL_ESTABLISHED", "CALL_CLOSED");
        if (event.equals("CALL_CLOSED")) {
            throw new IOException(
                    "the call ended: " + control.events().get(control.events().size() - 1));
        }
    }

    /** Begins a call and does not wait. */
    public void dial(String user) throws IOException {
        control.command("dial", "sip:" + user + "@" + tap.authority());
    }

    /** Hangs up. */
    public void hangUp() throws IOException {
        control.command("hangup", "");
    }

    /** Holds the call. */
    public void hold() throws IOException {
        control.command("hold", "");
    }

    /** Goes on after {@link #hold}. */
    public void resume() throws IOException {
        control.command("resume", "");
    }

    /** Gives any of baresip's commands; returns what it answers. */
    public String command(String command, String parameters) throws IOException {
        return control.command(command, parameters);
    }

    /** The names of the events so far. */
    public List<String> events() {
        return control.events().stream().map(e -> String.valueOf(e.get("type"))).toList();
    }

    /** The picture baresip itself decoded last; empty where it has none. */
    public Optional<BufferedImage> snapshot() throws IOException {
        Path file = directory.resolve("snapshot-" + System.nanoTime() + ".png");
        control.command("snapshot_recv", file.toString());
        for (int i = 0; i < 100; i++) {
            Program.pause(POLL_MS);
            if (Files.exists(file) && Files.size(file) > 0) {
                Program.pause(5 * POLL_MS);
                return Optional.ofNullable(ImageIO.read(file.toFile()));
            }
        }
        return Optional.empty();
    }

    /** What passes between baresip and the gateway. */
    public MediaTap tap() {
        return tap;
    }

    /** Ends baresip at once, as a cut power line would. */
    public void kill() {
        baresip.kill();
    }

    /** Whether it runs. */
    public boolean alive() {
        return baresip.alive();
    }

    @Override
    public void close() {
        baresip.close();
        control.close();
        tap.close();
        Directories.delete(directory);
    }

    private String await(int from, long timeoutMs, String... names) throws IOException {
        long end = System.nanoTime() + timeoutMs * 1_000_000;
        while (System.nanoTime() < end) {
            List<String> events = events();
            for (int i = from; i < events.size(); i++) {
                if (List.of(names).contains(events.get(i))) {
                    return events.get(i);
                }
            }
            if (!baresip.alive()) {
                throw new IOException("baresip ended: " + baresip.lastWords());
            }
            Program.pause(POLL_MS);
        }
        throw new IOException("none of " + List.of(names) + " within " + timeoutMs + " ms, but " + events());
    }

    private static void configure(Path directory, BaresipSettings settings, int controlPort, String tap)
            throws IOException {
        Path picture = directory.resolve("picture.mp4");
        Path sound = directory.resolve("sound.wav");
        BaresipMedia.picture(
                new Pattern(PhoneMedia.ROOM_SENDER, "Meeting room", settings.width(), settings.height(), 30),
                settings.seconds(),
                picture);
        BaresipMedia.sound(Tones.ROOM, settings.seconds(), sound);
        Files.writeString(
                directory.resolve("config"),
                BaresipConfig.text(settings, directory, FreePorts.block(2), FreePorts.block(40), controlPort));
        Files.writeString(
                directory.resolve("accounts"),
                "<sip:room@127.0.0.1;transport=udp>;regint=0;mediaenc=" + settings.encryption() + ";audio_codecs="
                        + settings.audioCodecs() + ";video_codecs=" + settings.videoCodec() + "\n");
        Files.writeString(directory.resolve("contacts"), "");
        System.getLogger(BaresipPhone.class.getName()).log(System.Logger.Level.DEBUG, "calls through {0}", tap);
    }
}
