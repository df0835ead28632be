package org.sipmgw.examples;

import java.util.Locale;
import java.util.Optional;
import org.sipmgw.spi.ConfigException;

/**
 * What a demo is asked for.
 *
 * @param width of the pictures, pixels
 * @param height of the pictures, pixels
 * @param seconds of measuring
 * @param codec {@code H264} or {@code VP8}
 * @param virtual our own phone instead of baresip
 * @param registrar how the gateway registers ({@code udp}, {@code tcp}, {@code tls}); empty: it does not
 * @param turn how the gateway's media reach a TURN server ({@code udp}, {@code tcp}, {@code tls}); empty: they do not
 * @param encryption of the room's media
 * @param trouble whether things go wrong on purpose
 * @param devices what the page has for camera and microphone
 */
record DemoWish(
        int width,
        int height,
        int seconds,
        String codec,
        boolean virtual,
        Optional<String> registrar,
        Optional<String> turn,
        Encryption encryption,
        boolean trouble,
        Devices devices) {

    /** How the room's media are protected. */
    enum Encryption {
        NONE,
        SDES,
        DTLS;

        static Encryption of(String name) {
            try {
                return valueOf(name.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                ConfigException refusal = new ConfigException("--encryption", name, "sdes, dtls, none");
                refusal.initCause(e);
                throw refusal;
            }
        }
    }

    DemoWish {
        if (seconds < 5 || seconds > 600) {
            throw new ConfigException("--seconds", seconds, "5 to 600");
        }
        if (!codec.equals("H264") && !codec.equals("VP8")) {
            throw new ConfigException("--codec", codec, "h264, vp8");
        }
        if (trouble && !virtual) {
            throw new ConfigException("--trouble", true, "with --room-system virtual");
        }
        if (encryption != Encryption.NONE && !virtual) {
            // what goes through the tap before baresip could not be read
            throw new ConfigException(
                    "--encryption", encryption.name().toLowerCase(Locale.ROOT), "with --room-system virtual");
        }
        transport("--registrar", registrar);
        transport("--turn", turn);
    }

    private static void transport(String key, Optional<String> value) {
        value.ifPresent(name -> {
            if (!name.matches("udp|tcp|tls")) {
                throw new ConfigException(key, name, "udp, tcp, tls");
            }
        });
    }

    /** Whether the room speaks ICE, as those with DTLS mostly do; it would see the network that trouble puts between. */
    boolean ice() {
        return encryption == Encryption.DTLS && !trouble;
    }

    int bitrateBps() {
        return width > 700 ? 1_800_000 : 1_000_000;
    }

    /** For people. */
    String title() {
        StringBuilder text = new StringBuilder(virtual ? "virtual phone" : "baresip").append(" \u2194 ");
        registrar.ifPresent(
                transport -> text.append("Kamailio (").append(transport).append(") \u2194 "));
        turn.ifPresent(transport -> text.append("coturn (").append(transport).append(") \u2194 "));
        text.append("sipmgw \u2194 Janus, ")
                .append(width)
                .append('x')
                .append(height)
                .append(", ")
                .append(codec);
        if (encryption != Encryption.NONE) {
            text.append(", ").append(encryption);
        }
        if (devices != Devices.BRIDGED) {
            text.append(", devices: ").append(devices.name().toLowerCase(Locale.ROOT));
        }
        if (ice()) {
            text.append(", ICE");
        }
        return text.toString();
    }
}
