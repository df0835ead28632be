package org.sipmgw.media.stun;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.media.rtp.Packet;

/** Two agents on a network that is a list: faster than real time. */
@Tag("turn")
class IceAgentTest {

    @Test
    void bothSidesAgreeOnTheBestPair() {
        IceNetwork net = new IceNetwork(1, false, false);
        net.run(2000);
        assertThat(net.offerer.selected).containsExactly(IceNetwork.ANSWERER);
        assertThat(net.answerer.selected).containsExactly(IceNetwork.OFFERER);
    }

    @Test
    void aQuarterOfLossOnlyTakesLonger() {
        IceNetwork net = new IceNetwork(2, false, false);
        net.lossPercent = 25;
        net.run(8000);
        assertThat(net.offerer.selected).containsExactly(IceNetwork.ANSWERER);
        assertThat(net.answerer.selected).containsExactly(IceNetwork.OFFERER);
    }

    @Test
    void twoThatBothControlSettleIt() {
        IceNetwork net = new IceNetwork(3, true, false);
        net.run(3000);
        assertThat(net.offerer.selected).isNotEmpty();
        assertThat(net.answerer.selected).isNotEmpty();
    }

    @Test
    void anAddressThatNobodyNamedIsFoundByItsChecks() {
        IceNetwork net = new IceNetwork(4, false, true);
        net.run(3000);
        assertThat(net.answerer.selected).containsExactly(IceNetwork.NATTED);
        assertThat(net.offerer.selected).containsExactly(IceNetwork.ANSWERER);
    }

    @Test
    void consentThatIsNotRenewedEndsInThirtySeconds() {
        IceNetwork net = new IceNetwork(5, false, false);
        net.run(20_000);
        assertThat(net.offerer.failures).isEmpty();
        net.lossPercent = 100;
        net.run(25_000);
        assertThat(net.offerer.failures).isEmpty();
        net.run(11_000);
        assertThat(net.offerer.failures).hasSize(1).first().asString().contains("consent");
    }

    @Test
    void whereNothingArrivesItSaysSoOnce() {
        IceNetwork net = new IceNetwork(6, false, false);
        net.lossPercent = 100;
        net.run(40_000);
        assertThat(net.offerer.failures).hasSize(1);
        assertThat(net.offerer.selected).isEmpty();
    }

    @Test
    void forgedAndBrokenMessagesChangeNothing() {
        IceNetwork net = new IceNetwork(7, false, false);
        net.mutate = true;
        net.run(5000);
        assertThat(net.offerer.selected).isEmpty();
        net.mutate = false;
        net.run(5000);
        assertThat(net.offerer.selected).containsExactly(IceNetwork.ANSWERER);
    }

    @Test
    void whatIsNoStunIsRefused() {
        IceNetwork net = new IceNetwork(8, false, false);
        byte[] zeros = new byte[20];
        Arrays.fill(zeros, (byte) 0);
        assertThat(net.offerer.agent.datagram(
                        new Packet(zeros).view(0, zeros.length), IceNetwork.ANSWERER, 1, System.nanoTime()))
                .isFalse();
    }
}
