package org.sipmgw.examples;

import java.util.LinkedHashMap;
import java.util.Map;
import org.sipmgw.Call;
import org.sipmgw.CallListener;
import org.sipmgw.CallState;
import org.sipmgw.EndReason;
import org.sipmgw.IncomingCall;
import org.sipmgw.account.RegistrationStatus;
import org.sipmgw.conference.ConferenceState;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.VideoLimits;
import org.sipmgw.spi.MediaStatistics;

/** Tells what happens to calls as events; see docs/configuration.md for their fields. Thread-safe. */
final class CallEvents implements CallListener {

    /** Takes events. */
    @FunctionalInterface
    interface Sink {
        void event(String name, Map<String, ?> fields);
    }

    private final Sink sink;

    CallEvents(Sink sink) {
        this.sink = sink;
    }

    @Override
    public void onIncoming(IncomingCall call) {
        Map<String, Object> fields = of(call);
        fields.put("from", call.request().fromUri());
        fields.put("source", call.request().source());
        call.room().ifPresent(room -> fields.put("room", room.toString()));
        sink.event("incoming", fields);
    }

    @Override
    public void onRegistration(RegistrationStatus status) {
        sink.event("registration", AccountKeys.fields(status));
    }

    @Override
    public void onProgress(Call call, int status, boolean earlyMedia) {
        Map<String, Object> fields = of(call);
        fields.put("status", status);
        fields.put("earlyMedia", earlyMedia);
        sink.event("progress", fields);
    }

    @Override
    public void onState(Call call, CallState state) {
        Map<String, Object> fields = of(call);
        fields.put("state", state.name());
        call.answerTime().ifPresent(t -> fields.put("answerMs", t.toMillis()));
        call.joinTime().ifPresent(t -> fields.put("joinMs", t.toMillis()));
        fields.put("warm", call.warm());
        call.processes().ifPresent(p -> {
            fields.put("browserPid", p.browser());
            fields.put("displayPid", p.display());
            fields.put("soundPid", p.sound());
        });
        call.devices().ifPresent(d -> {
            fields.put("camera", d.camera());
            fields.put("microphone", d.microphone());
        });
        sink.event("state", fields);
    }

    @Override
    public void onConference(Call call, ConferenceState state) {
        Map<String, Object> fields = of(call);
        fields.put("phase", state.phase().name());
        fields.put("microphoneMuted", state.microphoneMuted());
        fields.put("cameraMuted", state.cameraMuted());
        fields.put("participants", state.participants());
        sink.event("conference", fields);
    }

    @Override
    public void onDtmf(Call call, char key) {
        Map<String, Object> fields = of(call);
        fields.put("key", String.valueOf(key));
        sink.event("dtmf", fields);
    }

    @Override
    public void onTransferProgress(Call call, int status, String reason) {
        Map<String, Object> fields = of(call);
        fields.put("status", status);
        fields.put("reason", reason);
        sink.event("transfer", fields);
    }

    @Override
    public void onHold(Call call, boolean held) {
        Map<String, Object> fields = of(call);
        fields.put("held", held);
        sink.event("hold", fields);
    }

    @Override
    public void onWarning(Call call, String detail) {
        Map<String, Object> fields = of(call);
        fields.put("detail", detail);
        sink.event("warning", fields);
    }

    @Override
    public void onSendRate(Call call, int bitrateBps, VideoLimits picture) {
        Map<String, Object> fields = of(call);
        fields.put("bitrateBps", bitrateBps);
        fields.put("picture", picture.maxWidth() + "x" + picture.maxHeight());
        fields.put("framesPerSecond", picture.maxFrameRate());
        sink.event("rate", fields);
    }

    @Override
    public void onLoss(Call call, MediaStatistics.Way way, MediaKind kind, double share) {
        Map<String, Object> fields = of(call);
        fields.put("way", way.name());
        fields.put("kind", kind.name());
        fields.put("percent", Math.round(share * 1000) / 10.0);
        sink.event("loss", fields);
    }

    @Override
    public void onEnded(Call call, EndReason reason) {
        Map<String, Object> fields = of(call);
        fields.put("cause", reason.cause().name());
        fields.put("sipStatus", reason.sipStatus());
        fields.put("detail", reason.detail());
        sink.event("ended", fields);
    }

    private static Map<String, Object> of(Call call) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("call", call.id());
        return fields;
    }
}
