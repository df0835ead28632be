package org.sipmgw.testsupport;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs ffmpeg with bytes in and bytes out. */
final class Ffmpeg {

    private static final long END_MS = 60_000;

    private Ffmpeg() {}

    /** Writes something to ffmpeg's standard input. */
    interface Writer {
        void write(OutputStream out) throws IOException;
    }

    /** Reads ffmpeg's standard output to its end. */
    interface Reader<T> {
        T read(InputStream in) throws IOException;
    }

    /** Runs {@code ffmpeg} with these arguments; {@code -i -} is the input, {@code -} at the end the output. */
    static <T> T run(List<String> arguments, Writer writer, Reader<T> reader) throws IOException {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-hide_banner", "-loglevel", "error", "-nostdin"));
        command.addAll(arguments);
        Path log = java.nio.file.Files.createTempFile("sipmgw-ffmpeg-", ".log");
        Process process =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        Thread feeder = new Thread(() -> feed(process, writer), "ffmpeg-input");
        feeder.setDaemon(true);
        feeder.start();
        try (InputStream in = new BufferedInputStream(process.getInputStream(), 1 << 20)) {
            T result = reader.read(in);
            if (!process.waitFor(END_MS, TimeUnit.MILLISECONDS)) {
                throw new IOException("ffmpeg does not end: " + command);
            }
            if (process.exitValue() != 0) {
                throw new IOException("ffmpeg failed: " + command + ": "
                        + java.nio.file.Files.readString(log).strip());
            }
            return result;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
            java.nio.file.Files.deleteIfExists(log);
        }
    }

    private static void feed(Process process, Writer writer) {
        try (OutputStream out = new BufferedOutputStream(process.getOutputStream(), 1 << 16)) {
            writer.write(out);
        } catch (IOException e) {
            // ffmpeg has ended early; its exit value says why
            process.destroy();
        }
    }
}
