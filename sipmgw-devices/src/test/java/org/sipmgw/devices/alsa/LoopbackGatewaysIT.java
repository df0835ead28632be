package org.sipmgw.devices.alsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.spi.DeviceException;

/** Several gateways on one machine. */
@Tag("devices")
@Tag("long")
class LoopbackGatewaysIT {

    /** A gateway's process and the cards it has taken. */
    private record Running(Process process, List<SoundCard> cards) implements AutoCloseable {

        static Running start(int sound, int cards) throws Exception {
            Process process = SoundLab.gateway(List.of(), Integer.toString(sound), Integer.toString(cards));
            List<SoundCard> taken = new ArrayList<>();
            BufferedReader said =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            for (String line = said.readLine(); !"playing".equals(line); line = said.readLine()) {
                assertThat(line).startsWith("taken ");
                taken.add(SoundCards.system().card(line.substring(6)).orElseThrow());
            }
            return new Running(process, taken);
        }

        @Override
        public void close() throws Exception {
            process.destroyForcibly().waitFor();
        }
    }

    private static void assertHearsOnly(int sound, SoundCard card) {
        try (Recorder recorder =
                new Recorder(Pcm.on(card, 1).subdevice(0).latencyMs(400).capture())) {
            recorder.heardAfter(40_000);
            byte[] heard = recorder.heardAfter(40_000);
            for (int i = heard.length - 40_000; i < heard.length; i++) {
                assertThat(heard[i]).as("%s at %d", card.id(), i).isEqualTo((byte) sound);
            }
        }
    }

    @Test
    void twoGatewaysOnFourCardsDoNotMix() throws Exception {
        SoundLab.card(3);
        try (Running first = Running.start(17, 2);
                Running second = Running.start(99, 2)) {
            List<SoundCard> all = new ArrayList<>(first.cards());
            all.addAll(second.cards());
            assertThat(all).doesNotHaveDuplicates().hasSize(4);
            for (SoundCard card : first.cards()) {
                assertHearsOnly(17, card);
            }
            for (SoundCard card : second.cards()) {
                assertHearsOnly(99, card);
            }
        }
    }

    @Test
    void aKilledGatewaysCardsAreFreeAndItsReaderHearsSilence() throws Exception {
        int cards = SoundCards.system().loopbacks().size();
        Running gateway = Running.start(55, cards);
        SoundCard card = gateway.cards().get(0);
        try (Recorder page =
                new Recorder(Pcm.on(card, 1).subdevice(0).latencyMs(400).capture())) {
            SoundLab.await("sound", () -> SoundLab.firstSound(page.heard()) >= 0);
            assertThatThrownBy(() -> LoopbackCards.system().take(List.of()))
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining(card.id() + ": taken by a gateway");
            gateway.close();
            SoundLab.await("silence", () -> {
                byte[] heard = page.heardAfter(4_000);
                return heard[heard.length - 1] == 0 && heard[heard.length - 2_000] == 0;
            });
            assertThat(page.heardAfter(4_000)).endsWith(new byte[2_000]);
        }
        try (CardLease lease = LoopbackCards.system().take(List.of(card.id()));
                Recorder page =
                        new Recorder(Pcm.on(card, 1).subdevice(0).latencyMs(400).capture());
                PcmPlayback next = Pcm.on(lease.card(), 0).subdevice(0).playback()) {
            next.write(SoundLab.noise(4_800, next.format(), 61));
            SoundLab.await("the next writer's sound", () -> SoundLab.firstSound(page.heard()) >= 0);
        } finally {
            gateway.close();
        }
    }
}
