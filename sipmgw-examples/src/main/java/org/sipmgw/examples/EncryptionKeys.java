package org.sipmgw.examples;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.sipmgw.sdp.EncryptionPolicy;
import org.sipmgw.sdp.EncryptionPolicy.KeyExchange;
import org.sipmgw.sdp.EncryptionPolicy.Level;
import org.sipmgw.sdp.SrtpSuite;
import org.sipmgw.spi.ConfigException;

/** The keys of the configuration file that say how media is encrypted. */
final class EncryptionKeys {

    private EncryptionKeys() {}

    static EncryptionPolicy policy(Section media) {
        Level level = media.choice("encryption", Level.class, Level.PREFERRED);
        List<KeyExchange> exchanges =
                constants(media, "keyExchange", KeyExchange.class, List.of(KeyExchange.SDES, KeyExchange.DTLS));
        List<SrtpSuite> suites = constants(media, "srtpSuites", SrtpSuite.class, List.of(SrtpSuite.values()));
        Set<KeyExchange> accepted = EnumSet.copyOf(exchanges);
        return EncryptionPolicy.of(level)
                .withKeyExchanges(exchanges.get(0), accepted)
                .withSuites(suites);
    }

    private static <E extends Enum<E>> List<E> constants(
            Section section, String key, Class<E> kind, List<E> otherwise) {
        List<E> found = new ArrayList<>();
        for (String word : section.list(key)) {
            try {
                found.add(Enum.valueOf(kind, word.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                ConfigException refusal = new ConfigException(section.name(key), word, "of " + EnumSet.allOf(kind));
                refusal.initCause(e);
                throw refusal;
            }
        }
        return found.isEmpty() ? otherwise : found;
    }
}
