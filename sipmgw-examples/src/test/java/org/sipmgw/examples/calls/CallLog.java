package org.sipmgw.examples.calls;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sipmgw.Call;
import org.sipmgw.CallListener;
import org.sipmgw.CallState;
import org.sipmgw.EndReason;

/** Keeps and prints what the gateway tells of its calls. Thread-safe. */
final class CallLog implements CallListener {

    private final List<String> warnings = new CopyOnWriteArrayList<>();

    @Override
    public void onState(Call call, CallState state) {
        System.out.println(call.id() + " " + state + " answered " + call.answerTime() + " joined " + call.joinTime()
                + (call.warm() ? " warm" : ""));
    }

    @Override
    public void onWarning(Call call, String detail) {
        System.out.println(call.id() + " warning: " + detail);
        warnings.add(detail);
    }

    @Override
    public void onEnded(Call call, EndReason reason) {
        System.out.println(call.id() + " ended: " + reason);
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }
}
