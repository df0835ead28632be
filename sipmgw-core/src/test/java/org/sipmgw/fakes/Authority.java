package org.sipmgw.fakes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** A certificate authority by openssl, in a directory of its own. */
public final class Authority {
    private final Path directory;

    public Authority(Path directory, String name) throws IOException {
        this.directory = Files.createDirectories(directory);
        List<String> command = new ArrayList<>(List.of("req", "-x509", "-days", "2", "-subj", "/CN=" + name));
        command.addAll(List.of("-keyout", "ca.key", "-out", "ca.pem"));
        command.addAll(NEW_KEY);
        openssl(command);
    }

    private static final List<String> NEW_KEY =
            List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes");

    /** Certificate and key of one peer. */
    public record Identity(Path certificate, Path key) {
        /** As options of openssl's s_client and s_server. */
        public List<String> options() {
            return List.of("-cert", certificate.toString(), "-key", key.toString());
        }

        /** Takes the place of another, as a renewal does: whole files are moved there. */
        public void replace(Identity old) throws IOException {
            Files.move(key, old.key, StandardCopyOption.REPLACE_EXISTING);
            Files.move(certificate, old.certificate, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    public Path certificate() {
        return directory.resolve("ca.pem");
    }

    /** Certifies {@code names}, as openssl writes them: {@code DNS:gw.example,IP:127.0.0.1}; days below 0: expired. */
    public Identity sign(String file, String names, int days) throws IOException {
        Files.writeString(directory.resolve(file + ".ext"), "subjectAltName=" + names + "\n");
        List<String> request = new ArrayList<>(List.of("req", "-subj", "/CN=" + file));
        request.addAll(List.of("-keyout", file + ".key", "-out", file + ".csr"));
        request.addAll(NEW_KEY);
        openssl(request);
        openssl(List.of(
                "x509",
                "-req",
                "-in",
                file + ".csr",
                "-CA",
                "ca.pem",
                "-CAkey",
                "ca.key",
                "-CAcreateserial",
                "-days",
                String.valueOf(days),
                "-extfile",
                file + ".ext",
                "-out",
                file + ".pem"));
        return new Identity(directory.resolve(file + ".pem"), directory.resolve(file + ".key"));
    }

    private void openssl(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/openssl"));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command + ": " + said);
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
