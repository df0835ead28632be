package org.sipmgw.examples;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.sipmgw.Call;
import org.sipmgw.IncomingCall;

/** The commands that {@code sipmgw run --events} takes from standard input. What cannot be done is a warning event. */
final class Commands {

    /** For people. */
    static final String ALL = "'inventory', 'hangup CALL', 'accept CALL [ROOM]', 'reject CALL [STATUS]',"
            + " 'redirect CALL SIP-ADDRESS', 'transfer CALL SIP-ADDRESS', 'dtmf CALL KEYS', 'call SIP-ADDRESS ROOM [ACCOUNT]'";

    private final Assembly assembly;
    private final CallEvents.Sink sink;

    Commands(Assembly assembly, CallEvents.Sink sink) {
        this.assembly = assembly;
        this.sink = sink;
    }

    /** One line. */
    void take(String line) {
        List<String> words = List.of(line.split(" +"));
        try {
            if (!line.isEmpty() && !done(words)) {
                sink.event("warning", Map.of("detail", "unknown command: " + line));
            }
        } catch (IllegalArgumentException e) {
            sink.event("warning", Map.of("detail", line + ": " + e.getMessage()));
        }
    }

    private boolean done(List<String> words) {
        String shape = words.get(0) + " " + (words.size() - 1);
        switch (shape) {
            case "inventory 0" -> inventory();
            case "hangup 1" -> call(words).hangUp();
            case "accept 1" -> incoming(words).accept();
            case "accept 2" -> incoming(words).accept(assembly.room(words.get(2)));
            case "reject 1" -> incoming(words).reject(603, "Declined");
            case "reject 2" -> incoming(words).reject(Integer.parseInt(words.get(2)), "Declined");
            case "redirect 2" -> incoming(words).redirect(words.get(2));
            case "transfer 2" -> transfer(call(words), words.get(2));
            case "dtmf 2" -> press(call(words), words.get(2));
            case "call 2" -> place(words, Optional.empty());
            case "call 3" -> place(words, Optional.of(words.get(3)));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void inventory() {
        // Java's HttpClient ends its threads when the collector finds it unused, not before
        System.gc();
        sink.event("inventory", Inventory.of(assembly.engine()).fields());
    }

    private Call call(List<String> words) {
        return assembly.gateway().calls().stream()
                .filter(call -> call.id().equals(words.get(1)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such call"));
    }

    /** One that came in, perhaps of an account with {@code answermode=manual}. */
    private IncomingCall incoming(List<String> words) {
        return Optional.of(call(words))
                .filter(call -> !call.outgoing())
                .filter(IncomingCall.class::isInstance)
                .map(IncomingCall.class::cast)
                .orElseThrow(() -> new IllegalArgumentException("the gateway has placed this call itself"));
    }

    private void place(List<String> words, Optional<String> account) {
        Call call = assembly.call(words.get(1), words.get(2), account);
        sink.event("calling", Map.of("call", call.id(), "to", words.get(1), "room", words.get(2)));
    }

    /** To an address, or to the room system of another call. */
    private void transfer(Call call, String target) {
        CompletionStage<Void> wish = assembly.gateway().calls().stream()
                .filter(other -> other.id().equals(target))
                .findFirst()
                .map(other -> call.transfer(other))
                .orElseGet(() -> call.transfer(target));
        tell(call, wish, "not transferred", () -> {});
    }

    private void press(Call call, String keys) {
        tell(
                call,
                call.sendDtmf(keys),
                "keys not sent",
                () -> sink.event("dtmfSent", Map.of("call", call.id(), "keys", keys)));
    }

    private void tell(Call call, CompletionStage<Void> wish, String otherwise, Runnable done) {
        var unused = wish.whenComplete((ignored, problem) -> {
            if (problem == null) {
                done.run();
            } else {
                sink.event("warning", Map.of("call", call.id(), "detail", otherwise + ": " + problem));
            }
        });
    }
}
