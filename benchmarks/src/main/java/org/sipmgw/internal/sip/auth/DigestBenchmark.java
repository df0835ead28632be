package org.sipmgw.internal.sip.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.sipmgw.account.Credentials;

/** The Authorization header of one REGISTER (RFC 7616), against its three hashes alone. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DigestBenchmark {

    @Param({"MD5", "SHA-256"})
    public String algorithm = "";

    private static final Credentials USER = new Credentials("room42", "correct horse battery staple");
    private static final DigestRequest REQUEST = DigestRequest.of("REGISTER", "sip:example.com");
    private static final String NONCE = "dcd98b7102dd2f0e8b11d0f600bfb0c093";

    private final DigestClient client = new DigestClient(USER);
    private byte[] secret = {};
    private byte[] what = {};

    @Setup
    public void challenge() {
        DigestClient.Outcome outcome = client.challenged(
                List.of("Digest realm=\"example.com\", nonce=\"" + NONCE + "\", qop=\"auth\", algorithm=" + algorithm));
        if (outcome != DigestClient.Outcome.ANSWER) {
            throw new IllegalStateException("not answered: " + outcome);
        }
        secret = (USER.user() + ":example.com:" + USER.password()).getBytes(StandardCharsets.UTF_8);
        what = (REQUEST.method() + ":" + REQUEST.uri()).getBytes(StandardCharsets.UTF_8);
    }

    /** What each request of a challenged account costs. */
    @Benchmark
    public List<String> answer() {
        return client.authorizations(REQUEST);
    }

    /** The hashes that the RFC asks for, over as many bytes. */
    @Benchmark
    public String yardstickHashes() throws NoSuchAlgorithmException {
        String first = hex(secret);
        String second = hex(what);
        return hex((first + ":" + NONCE + ":00000001:0123456789abcdef0123456789abcdef:auth:" + second)
                .getBytes(StandardCharsets.UTF_8));
    }

    private String hex(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    }
}
