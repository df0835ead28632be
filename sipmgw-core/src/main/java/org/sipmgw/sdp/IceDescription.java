package org.sipmgw.sdp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one side says of ICE on one media line (RFC 8839). Its text shows no password.
 *
 * @param ufrag user name fragment, 4 to 256 characters; another one restarts ICE
 * @param password 22 to 256 characters
 * @param candidates in the order of the description
 * @param lite whether that side only answers checks
 */
public record IceDescription(String ufrag, String password, List<IceCandidate> candidates, boolean lite) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final int MOST = 40;
    /** In the place of a port that is not known yet. */
    static final int DISCARD_PORT = 9;

    /** An address that is nobody's, RFC 7600 section 4.8 and RFC 6666. */
    private static final byte[] NOBODY = {(byte) 192, 0, 0, 8};

    private static final byte[] NOBODY6 = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8};

    public IceDescription {
        candidates = List.copyOf(candidates);
    }

    /** Ours, with new credentials. */
    static IceDescription fresh(List<IceCandidate> candidates) {
        return new IceDescription(random(8), random(24), candidates, false);
    }

    private static String random(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /** What a line says; empty where it does not speak ICE. */
    static Optional<IceDescription> of(RemoteLine remote) {
        SessionDescription session = remote.session();
        Optional<String> ufrag = session.attribute(remote.line(), "ice-ufrag").map(String::strip);
        Optional<String> password = session.attribute(remote.line(), "ice-pwd").map(String::strip);
        if (!ufrag.orElse("").matches("[A-Za-z0-9+/]{4,256}")
                || !password.orElse("").matches("[A-Za-z0-9+/]{22,256}")) {
            return Optional.empty();
        }
        List<IceCandidate> candidates = new ArrayList<>();
        remote.line()
                .values("candidate")
                .limit(MOST)
                .forEach(value -> IceCandidate.parse(value).ifPresent(candidates::add));
        boolean lite = session.attribute("ice-lite").isPresent();
        return Optional.of(new IceDescription(ufrag.get(), password.get(), candidates, lite));
    }

    /** Whether the address of {@code c=} and {@code m=} is a candidate, or says that candidates come later. */
    boolean fits(InetSocketAddress described) {
        return described.getPort() == DISCARD_PORT
                || described.getAddress().isAnyLocalAddress()
                || candidates.stream()
                        .anyMatch(one -> one.component() == 1 && one.address().equals(described));
    }

    /** Stands for the address that a line does not know yet: that of its first candidate, else nobody's. */
    static InetAddress found(RemoteLine remote, InetAddress unknown) {
        byte[] nobody = unknown.getAddress().length == NOBODY.length ? NOBODY : NOBODY6;
        try {
            InetAddress otherwise = InetAddress.getByAddress(nobody);
            return remote.line()
                    .values("candidate")
                    .flatMap(value -> IceCandidate.parse(value).stream())
                    .map(one -> one.address().getAddress())
                    .filter(address -> address.getClass() == unknown.getClass())
                    .findFirst()
                    .orElse(otherwise);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("of the length of an address", e);
        }
    }

    /** Ours as lines; candidates of RTCP only where it has a port of its own. */
    List<Attribute> attributes(boolean mux) {
        List<Attribute> lines = new ArrayList<>();
        lines.add(Attribute.of("ice-ufrag", ufrag));
        lines.add(Attribute.of("ice-pwd", password));
        candidates.stream().filter(one -> one.component() == 1 || !mux).forEach(one -> lines.add(one.attribute()));
        return lines;
    }

    boolean sameCredentials(IceDescription other) {
        return ufrag.equals(other.ufrag) && password.equals(other.password);
    }

    @Override
    public String toString() {
        return "IceDescription[" + ufrag + ", " + candidates.size() + " candidates" + (lite ? ", lite]" : "]");
    }
}
