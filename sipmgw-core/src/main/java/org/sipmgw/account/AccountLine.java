package org.sipmgw.account;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads one line: {@code Name <sip:user@domain;uri-parameters>;parameters}, or without the angle brackets. */
final class AccountLine {
    private static final Duration DEFAULT_INTERVAL = Duration.ofHours(1);
    private final int number;
    private final String line;
    private final List<String> warnings;
    private Parameters parameters = Parameters.parse("");

    AccountLine(int number, String line, List<String> warnings) {
        this.number = number;
        this.line = line;
        this.warnings = warnings;
    }

    /** @throws AccountException naming the parameter that is wrong */
    Account read() {
        int open = openingBracket();
        int close = open < 0 ? -1 : line.indexOf('>', open);
        if (open >= 0 && close < 0) {
            throw new AccountException(number, "address", "'<' without '>'");
        }
        String address = open < 0 ? line : line.substring(open + 1, close);
        int tail = open < 0 ? line.indexOf(';') : close + 1;
        if (open < 0 && tail >= 0) {
            address = line.substring(0, tail);
        }
        String rest = tail < 0 ? "" : line.substring(tail);
        parameters = checked("parameters", rest, Parameters::parse);
        String name =
                open < 0 ? "" : Parameters.unquoted(line.substring(0, open).strip());
        SipUris.Parts uri = checked("address", address.strip(), SipUris::parse);
        Account account = account(Optional.of(name).filter(n -> !n.isBlank()), uri);
        parameters.rest().forEach(this::warnOfUnknown);
        return account;
    }

    /** What follows a forgotten quote or semicolon may be half a password: only what looks like a name is repeated. */
    private void warnOfUnknown(String parameter, String value) {
        boolean name = parameter.matches("[a-z0-9][a-z0-9_]{0,24}")
                && (!value.isEmpty() || UnsupportedParameters.known(parameter));
        warn(name ? parameter : "a part", "is not supported: " + UnsupportedParameters.instead(parameter));
    }

    /** The bracket that opens the address, not one inside a quoted name. */
    private int openingBracket() {
        int from = 0;
        if (line.startsWith("\"")) {
            from = 1;
            while (from < line.length() && line.charAt(from) != '"') {
                from += line.charAt(from) == '\\' ? 2 : 1;
            }
        }
        int open = line.indexOf('<', Math.min(from, line.length()));
        int semicolon = line.indexOf(';', Math.min(from, line.length()));
        return semicolon >= 0 && semicolon < open ? -1 : open;
    }

    private Account account(Optional<String> name, SipUris.Parts uri) {
        AddressOfRecord address =
                checked("address", uri.user(), user -> new AddressOfRecord(name, user, uri.server(), uri.secure()));
        return new Account(address, credentials(uri), registration(), calls(), nat(), media());
    }

    private Optional<Credentials> credentials(SipUris.Parts uri) {
        if (!uri.password().isEmpty()) {
            warn("address", "holds a password: use auth_pass");
        }
        String user = parameters.take("auth_user").orElse(uri.user());
        return parameters
                .take("auth_pass")
                .or(() -> Optional.of(uri.password()).filter(p -> !p.isEmpty()))
                .map(password -> new Credentials(user, password));
    }

    private RegistrationSettings registration() {
        List<SipServer> outbound = Stream.of("outbound", "outbound1", "outbound2")
                .flatMap(name -> parameters.take(name).stream()
                        .map(value -> checked(name, value.replaceAll("^<|>$", ""), SipUris::parse)))
                .map(SipUris.Parts::server)
                .toList();
        boolean flows = parameters
                .take("sipnat")
                .map(value -> one("sipnat", value, "outbound", true))
                .orElse(false);
        return new RegistrationSettings(
                seconds("regint").orElse(DEFAULT_INTERVAL),
                outbound,
                flows,
                parameters.take("regq").map(q -> checked("regq", q, AccountLine::thousandths)),
                parameters.take("cert"));
    }

    private static int thousandths(String q) {
        if (!q.matches("0(\\.\\d{0,3})?|1(\\.0{0,3})?")) {
            throw new IllegalArgumentException("must be 0 to 1 with at most three decimals");
        }
        return (int) Math.round(Double.parseDouble(q) * 1000);
    }

    private CallSettings calls() {
        Optional<AnswerMode> mode = parameters.take("answermode").flatMap(this::answerMode);
        Duration delay = parameters
                .take("answerdelay")
                .map(ms -> Duration.ofMillis(number("answerdelay", ms, 300_000)))
                .orElse(Duration.ZERO);
        return new CallSettings(mode, delay, yes("call_transfer").orElse(true));
    }

    private Optional<AnswerMode> answerMode(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "auto" -> Optional.of(AnswerMode.AUTO);
            case "manual" -> Optional.of(AnswerMode.MANUAL);
            case "early", "early-audio", "early-video" -> Optional.of(AnswerMode.EARLY);
            default -> unknown("answermode", value, "auto, manual or early");
        };
    }

    private NatSettings nat() {
        NatTraversal traversal = parameters
                .take("medianat")
                .<NatTraversal>flatMap(value -> switch (value.toLowerCase(Locale.ROOT)) {
                    case "stun" -> Optional.of(NatTraversal.STUN);
                    case "turn" -> Optional.of(NatTraversal.TURN);
                    case "ice" -> Optional.of(NatTraversal.ICE);
                    default -> unknown("medianat", value, "turn, stun or ice");
                })
                .orElse(NatTraversal.NONE);
        Optional<String> user = parameters.take("stunuser");
        Optional<String> password = parameters.take("stunpass");
        Optional<StunServer> server =
                parameters.take("stunserver").map(value -> checked("stunserver", value, StunServer::parse));
        if (user.isPresent()) {
            server = server.map(s -> s.withCredentials(new Credentials(user.get(), password.orElse(""))));
        }
        if (server.isEmpty() && (traversal == NatTraversal.TURN || traversal == NatTraversal.STUN)) {
            throw new AccountException(number, "medianat", "needs stunserver");
        }
        // older versions write stun: for the server that relays
        if (traversal == NatTraversal.TURN) {
            server = server.map(s -> new StunServer(true, s.host(), s.port(), s.transport(), s.credentials()));
        }
        return new NatSettings(traversal, server);
    }

    private MediaSettings media() {
        MediaEncryption encryption = parameters
                .take("mediaenc")
                .map(value -> switch (value.toLowerCase(Locale.ROOT)) {
                    case "srtp" -> MediaEncryption.SDES_OPTIONAL;
                    case "srtp-mand" -> MediaEncryption.SDES_REQUIRED;
                    case "srtp-mandf" -> MediaEncryption.SDES_REQUIRED_WITH_FEEDBACK;
                    case "dtls_srtp" -> MediaEncryption.DTLS_SRTP;
                    default ->
                        // going on without the encryption that was asked for would be unsafe
                        throw new AccountException(
                                number, "mediaenc", "must be srtp, srtp-mand, srtp-mandf or dtls_srtp");
                })
                .orElse(MediaEncryption.UNSPECIFIED);
        Optional<Integer> ptimeMs = parameters.take("ptime").map(ms -> number("ptime", ms, 120));
        ptimeMs.filter(ms -> ms < 10 || ms > 60 || ms % 10 != 0)
                .ifPresent(ms -> notObeyed("ptime", "use 10, 20, 30, 40, 50 or 60"));
        Optional<Boolean> rtcpMux = yes("rtcp_mux");
        DtmfMode dtmf = parameters
                .take("dtmfmode")
                .<DtmfMode>flatMap(value -> switch (value.toLowerCase(Locale.ROOT)) {
                    case "rtpevent" -> Optional.of(DtmfMode.RTP_EVENT);
                    case "info" -> Optional.of(DtmfMode.INFO);
                    case "auto" -> Optional.of(DtmfMode.AUTO);
                    default -> unknown("dtmfmode", value, "rtpevent, info or auto");
                })
                .orElse(DtmfMode.AUTO);
        return new MediaSettings(encryption, names("audio_codecs"), names("video_codecs"), ptimeMs, dtmf, rtcpMux);
    }

    private List<String> names(String parameter) {
        return parameters.take(parameter).stream()
                .flatMap(list -> Arrays.stream(list.split("[,\\s]+")))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private Optional<Boolean> yes(String parameter) {
        return parameters.take(parameter).flatMap(value -> switch (value.toLowerCase(Locale.ROOT)) {
            case "yes", "true", "1", "on" -> Optional.of(true);
            case "no", "false", "0", "off" -> Optional.of(false);
            default -> unknown(parameter, value, "yes or no");
        });
    }

    private Optional<Duration> seconds(String parameter) {
        return parameters.take(parameter).map(s -> Duration.ofSeconds(number(parameter, s, 604_800)));
    }

    private int number(String parameter, String text, int most) {
        if (!text.matches("\\d{1,7}") || Integer.parseInt(text) > most) {
            throw new AccountException(number, parameter, "must be a number from 0 to " + most);
        }
        return Integer.parseInt(text);
    }

    private boolean one(String parameter, String value, String allowed, boolean meaning) {
        if (value.equalsIgnoreCase(allowed)) {
            return meaning;
        }
        unknown(parameter, value, allowed);
        return !meaning;
    }

    private <T> Optional<T> unknown(String parameter, String value, String allowed) {
        String shown = value.matches("[A-Za-z_-]{1,12}") ? "as " + value : "so";
        warn(parameter, "is not supported " + shown + ": use " + allowed);
        return Optional.empty();
    }

    /** Read, for an embedder may want to know it, but without effect. */
    private void notObeyed(String parameter, String instead) {
        warn(parameter, "is not obeyed: " + instead);
    }

    private void warn(String parameter, String detail) {
        warnings.add("accounts line " + number + ": " + parameter + " " + detail);
    }

    private <T> T checked(String parameter, String value, Function<String, T> reader) {
        try {
            return reader.apply(value);
        } catch (AccountException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new AccountException(number, parameter, String.valueOf(e.getMessage()));
        }
    }
}
