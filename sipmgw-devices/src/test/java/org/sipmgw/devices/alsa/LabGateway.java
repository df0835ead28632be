package org.sipmgw.devices.alsa;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.sipmgw.spi.DeviceException;

/**
 * What a gateway does with sound cards, in a process of its own. Argument 1: a byte that all its sound is made of. Argument 2:
 * how many cards it takes. It says which, plays on device 0 of each until killed, or says why it cannot.
 */
public final class LabGateway {
    private LabGateway() {}

    public static void main(String[] arguments) {
        ByteBuffer sound = ByteBuffer.allocateDirect(9_600);
        while (sound.hasRemaining()) {
            sound.put(Byte.parseByte(arguments[0]));
        }
        List<PcmPlayback> playing = new ArrayList<>();
        try {
            for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
                CardLease lease = LoopbackCards.system().take(List.of());
                System.out.println("taken " + lease.card().id());
                playing.add(Pcm.on(lease.card(), 0).subdevice(0).latencyMs(200).playback());
            }
        } catch (DeviceException e) {
            System.out.println("refused " + e.getMessage());
            return;
        }
        System.out.println("playing");
        while (true) {
            for (PcmPlayback card : playing) {
                card.write(sound.clear());
            }
        }
    }
}
