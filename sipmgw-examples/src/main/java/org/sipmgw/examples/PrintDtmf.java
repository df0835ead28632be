package org.sipmgw.examples;

import java.io.PrintStream;
import org.sipmgw.Call;
import org.sipmgw.CallListener;
import org.sipmgw.conference.ConferenceCommand;

/** Prints each key that is pressed in a room; the star mutes and unmutes the room in the conference. */
public final class PrintDtmf implements CallListener {

    private final PrintStream out;

    /** Give it to {@code Gateway.builder().listener(...)}. */
    public PrintDtmf(PrintStream out) {
        this.out = out;
    }

    @Override
    public void onDtmf(Call call, char key) {
        out.println(call.id() + " pressed " + key);
        if (key == '*') {
            call.command(new ConferenceCommand.MuteMicrophone(!call.conference().microphoneMuted()));
        }
    }
}
