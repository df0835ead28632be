package org.sipmgw.testsupport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A small internet of network namespaces on this machine, with real NATs: a room behind a NAT (MASQUERADE) of its own,
 * and this JVM behind another one that lets in SIP only. Media can meet at a server in the public part, and nowhere
 * else. Needs root, iproute2 and iptables. Addresses are of 198.18.0.0/15 and private ones.
 */
public final class NatLab implements AutoCloseable {

    private static final String SCRIPT = """
            set -e
            for s in p g r h; do ip netns add $N-$s; ip -n $N-$s link set lo up; done
            pair() { ip link add $V$1 type veth peer name $V$2; ip link set $V$2 netns $N-$4; [ -z "$3" ] || ip link set $V$1 netns $N-$3; }
            pair a b "" g; pair c d g p; pair e f r p; pair i j h r; pair k l "" h
            ip addr add $P.50/30 dev ${V}a; ip link set ${V}a up
            ip addr add 10.214.$X.1/30 dev ${V}k; ip link set ${V}k up
            put() { ip -n $N-$1 addr add $2 dev $V$3; ip -n $N-$1 link set $V$3 up; }
            put g $P.49/30 b; put g $P.34/28 c; put p $P.33/28 d; put p $P.17/28 f; put r $P.18/28 e
            put r 192.168.$X.1/24 j; put h 192.168.$X.2/24 i; put h 10.214.$X.2/30 l
            ip -n $N-p addr add $P.1/32 dev lo
            # what has no way vanishes, as on the internet: an error would make coturn drop the allocation
            ip -n $N-p link add ${V}m type veth peer name ${V}n
            ip -n $N-p link set ${V}m arp off up; ip -n $N-p link set ${V}n up; ip -n $N-p route add default dev ${V}m
            ip route add $P.0/24 via $P.49
            ip -n $N-g route add default via $P.33; ip -n $N-r route add default via $P.17
            ip -n $N-p route add $P.48/30 via $P.34; ip -n $N-h route add default via 192.168.$X.1
            for s in p g r; do ip netns exec $N-$s sysctl -qw net.ipv4.ip_forward=1; done
            ip netns exec $N-r iptables -t nat -A POSTROUTING -o ${V}e -j MASQUERADE
            ip netns exec $N-g iptables -t nat -A POSTROUTING -o ${V}c -d $P.1 -j MASQUERADE
            ip netns exec $N-g iptables -P FORWARD DROP
            ip netns exec $N-g iptables -A FORWARD -i ${V}b -j ACCEPT
            ip netns exec $N-g iptables -A FORWARD -m state --state ESTABLISHED -s $P.1 -j ACCEPT
            ip netns exec $N-g iptables -A FORWARD -p udp --dport $SIP -j ACCEPT
            """;

    private final String name;
    private final int number;
    private final int sipPort;

    private NatLab(int number, int sipPort) {
        this.number = number;
        this.sipPort = sipPort;
        this.name = "sipmgw" + number;
    }

    /**
     * Makes it.
     *
     * @throws IOException saying what is missing, when this process may not
     */
    public static NatLab open() throws IOException {
        if (!"0".equals(String.valueOf(Files.getAttribute(Path.of("/proc/self"), "unix:uid")))) {
            throw new IOException("network namespaces need root: run the tests with the tag turn as root");
        }
        NatLab lab = new NatLab(ThreadLocalRandom.current().nextInt(10, 250), FreePorts.block(2));
        try {
            lab.run(SCRIPT);
            return lab;
        } catch (IOException e) {
            lab.close();
            throw e;
        }
    }

    private void run(String script) throws IOException {
        Path directory = Directories.temporary("nat");
        try {
            String variables = "N=" + name + "\nV=sg" + number + "\nX=" + number + "\nP=198.18." + number + "\nSIP="
                    + sipPort + "\n";
            Program.run(List.of("sh", "-c", variables + script), directory, 10_000);
        } finally {
            Directories.delete(directory);
        }
    }

    /** Where this JVM's gateway must listen for SIP: the only port that is let in. */
    public int sipPort() {
        return sipPort;
    }

    /** This JVM's address, which the public part can send SIP to. */
    public String gatewayAddress() {
        return "198.18." + number + ".50";
    }

    /** An address of the public part, for a server. */
    public String publicAddress() {
        return "198.18." + number + ".1";
    }

    /** The namespace of the public part. */
    public String publicNamespace() {
        return name + "-p";
    }

    /** The namespace of the room. */
    public String roomNamespace() {
        return name + "-h";
    }

    /** The room's inside address. */
    public String roomAddress() {
        return "192.168." + number + ".2";
    }

    /** The room's NAT as the public part sees it. */
    public String roomNatAddress() {
        return "198.18." + number + ".18";
    }

    /** How this JVM steers what runs in the room's namespace; no media can go there. */
    String roomControlAddress() {
        return "10.214." + number + ".2";
    }

    @Override
    public void close() {
        try {
            run(
                    "for s in p g r h; do ip netns del $N-$s 2>/dev/null; done; ip link del ${V}a 2>/dev/null; ip link del ${V}k 2>/dev/null; true");
        } catch (IOException e) {
            System.getLogger(NatLab.class.getName())
                    .log(System.Logger.Level.WARNING, "namespaces are left: " + name, e);
        }
    }
}
