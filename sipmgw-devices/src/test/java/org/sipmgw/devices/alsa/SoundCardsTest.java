package org.sipmgw.devices.alsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipmgw.spi.DeviceException;

class SoundCardsTest {
    @TempDir
    Path proc;

    private final FakeSoundKernel kernel = new FakeSoundKernel();
    private SoundCards cards;
    private LoopbackCards loopbacks;

    @BeforeEach
    void lay() throws Exception {
        Files.writeString(proc.resolve("cards"), """
                 0 [Loopback       ]: Loopback - Loopback
                                      Loopback 1
                 1 [PCH            ]: HDA-Intel - HDA Intel PCH
                                      HDA Intel PCH at 0xf7f10000 irq 31
                12 [Room2          ]: Loopback - Loopback
                                      Loopback 2
                """);
        cards = SoundCards.in(proc, Path.of("/dev/snd"));
        loopbacks = new LoopbackCards(cards, kernel);
    }

    private void status(String place, String text) throws Exception {
        Files.createDirectories(proc.resolve(place));
        Files.writeString(proc.resolve(place).resolve("status"), text);
    }

    @Test
    void cardsAreFoundByTheirIdAndDriver() {
        assertThat(cards.all()).extracting(SoundCard::id).containsExactly("Loopback", "PCH", "Room2");
        assertThat(cards.loopbacks()).extracting(SoundCard::number).containsExactly(0, 12);
        assertThat(cards.card("Room2").orElseThrow().pcm(1, false)).hasToString("/dev/snd/pcmC12D1c");
        assertThat(cards.card("PCH").orElseThrow().loopback()).isFalse();
    }

    @Test
    void aMachineWithoutSoundHasNoCards() {
        assertThat(SoundCards.in(proc.resolve("none"), proc).all()).isEmpty();
    }

    @Test
    void aFreeCardIsTakenAndGivenBack() {
        CardLease lease = loopbacks.take(List.of());
        assertThat(lease.card().id()).isEqualTo("Loopback");
        assertThat(kernel.open).hasSize(1);
        lease.close();
        lease.close();
        assertThat(kernel.open).isEmpty();
    }

    @Test
    void aCardInUseSaysByWhom() throws Exception {
        status(
                "card0/pcm1c/sub0",
                "state: RUNNING\nowner_pid   : %d\n"
                        .formatted(ProcessHandle.current().pid()));
        status("card0/pcm0p/sub0", "closed\n");
        assertThat(loopbacks.holders(cards.all().get(0)))
                .singleElement()
                .hasToString("java (process " + ProcessHandle.current().pid() + ", pcm1c/sub0)");
        assertThatThrownBy(() -> loopbacks.take(List.of("Loopback")))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("Loopback: in use by java");
        assertThat(kernel.open).isEmpty();
    }

    @Test
    void aCardTakenByAnotherGatewayIsPassedOver() {
        kernel.nodes.add("/dev/snd/controlC12");
        kernel.failAt = 2;
        kernel.failWith = -11;
        try (CardLease lease = loopbacks.take(List.of())) {
            assertThat(lease.card().id()).isEqualTo("Room2");
            assertThat(kernel.open).hasSize(1);
        }
    }

    @Test
    void withoutPermissionTheGroupIsNamed() {
        kernel.failsForEver = -13;
        assertThatThrownBy(() -> loopbacks.take(List.of()))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("EACCES")
                .hasMessageContaining("audio");
        assertThat(kernel.open).isEmpty();
    }

    @Test
    void whereThereIsNoneTheModuleIsNamed() {
        assertThatThrownBy(() -> loopbacks.take(List.of("PCH")))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("no loopback card named PCH: modprobe snd-aloop");
    }
}
