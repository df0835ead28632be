package org.sipmgw.sdp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Golden descriptions, broken in all the ways that devices and attackers break them. Each failure names its seed. */
@Tag("fuzz")
class SdpMutationTest {

    private static final String[] NUMBERS = {
        "0",
        "-1",
        "1",
        "9",
        "127",
        "128",
        "65535",
        "65536",
        "2147483647",
        "2147483648",
        "9223372036854775808",
        "99999999999999999999999",
        "1e9",
        "0x10",
        "",
        "*",
        "٣"
    };

    private static final String[] LINES = {
        "a=sendonly",
        "a=inactive",
        "c=IN IP4 0.0.0.0",
        "c=IN IP6 ::",
        "b=TIAS:0",
        "b=AS:1",
        "a=rtcp:1",
        "a=rtcp-mux",
        "a=rtcp-fb:*",
        "a=rtcp-fb:* ",
        "a=rtcp-fb:* nack pli x",
        "a=fmtp:97",
        "a=fmtp:97 ;;=;a",
        "a=rtpmap:97 /",
        "a=rtpmap:97 H264/90000",
        "a=rtpmap:97 H264/90000/0",
        "a=framerate:0",
        "a=framerate:1e3",
        "a=ptime:-1",
        "m=video 1 RTP/AVP 97",
        "m=audio 65535 RTP/AVP 0",
        "m=audio 1/2 RTP/AVP 0",
        "a=content:slides",
        "k=x",
        "y=",
        "a=fmtp:97 packetization-mode=1;profile-level-id=42e01f;max-fs=1;max-mbps=1;max-br=1"
    };

    @Test
    void survivesBrokenDescriptions() {
        for (long seed = 1; seed <= 2000; seed++) {
            check(seed);
        }
    }

    @Test
    @Tag("long")
    void survivesBrokenDescriptionsForTenMinutes() {
        long seed = ThreadLocalRandom.current().nextLong(Long.MAX_VALUE / 2);
        System.out.println("first seed " + seed);
        long end = System.nanoTime() + Duration.ofMinutes(10).toNanos();
        while (System.nanoTime() - end < 0) {
            check(seed++);
        }
    }

    private static void check(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String text = Golden.text(Golden.NAMES.get(random.nextInt(Golden.NAMES.size())));
        for (int i = random.nextInt(1, 8); i > 0; i--) {
            text = mutated(text, random);
        }
        try {
            SdpInvariants.check(text.getBytes(StandardCharsets.UTF_8));
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed + " breaks:\n" + text, e);
        }
    }

    private static String mutated(String text, SplittableRandom random) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        if (lines.isEmpty()) {
            return text;
        }
        int at = random.nextInt(lines.size());
        switch (random.nextInt(9)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(at, lines.get(random.nextInt(lines.size())));
            case 2 -> lines.add(at, LINES[random.nextInt(LINES.length)]);
            case 3 -> lines.set(at, withNumber(lines.get(at), random));
            case 4 -> lines.set(at, withCharacter(lines.get(at), random));
            case 5 ->
                lines.set(
                        at,
                        lines.get(at).substring(0, random.nextInt(lines.get(at).length() + 1)));
            case 6 ->
                lines.addAll(Golden.text(Golden.NAMES.get(random.nextInt(Golden.NAMES.size())))
                        .lines()
                        .skip(5)
                        .toList());
            case 7 -> lines.set(at, lines.get(at).replace("UDP/TLS/RTP/SAVPF", "RTP/AVP"));
            default -> lines = lines.subList(0, at);
        }
        return String.join(random.nextBoolean() ? "\r\n" : "\n", lines) + (random.nextBoolean() ? "\r\n" : "");
    }

    /** One run of digits, or what follows the last "=" or space, replaced by a number that is odd. */
    private static String withNumber(String line, SplittableRandom random) {
        int start = random.nextInt(line.length() + 1);
        while (start < line.length() && !Character.isDigit(line.charAt(start))) {
            start++;
        }
        int end = start;
        while (end < line.length() && Character.isDigit(line.charAt(end))) {
            end++;
        }
        return line.substring(0, start) + NUMBERS[random.nextInt(NUMBERS.length)] + line.substring(end);
    }

    private static String withCharacter(String line, SplittableRandom random) {
        int at = random.nextInt(line.length() + 1);
        char c = (char) random.nextInt(random.nextInt(8) == 0 ? 0xd800 : 0x80);
        return line.substring(0, at) + c + line.substring(Math.min(line.length(), at + random.nextInt(2)));
    }
}
