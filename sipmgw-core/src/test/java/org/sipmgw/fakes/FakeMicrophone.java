package org.sipmgw.fakes;

import java.nio.ByteBuffer;
import org.sipmgw.spi.MicrophonePort;

/** A microphone without a card. */
record FakeMicrophone() implements MicrophonePort {
    @Override
    public String label() {
        return "Microphone";
    }

    @Override
    public String device() {
        return "card Loopback";
    }

    @Override
    public String recorded() {
        return "hw:0,1,0";
    }

    @Override
    public void sound(ByteBuffer samples) {}

    @Override
    public void close() {}
}
