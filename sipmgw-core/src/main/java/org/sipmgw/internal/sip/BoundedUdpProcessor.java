package org.sipmgw.internal.sip;

import gov.nist.javax.sip.stack.DatagramQueuedMessageDispatch;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import gov.nist.javax.sip.stack.UDPMessageChannel;
import gov.nist.javax.sip.stack.UDPMessageProcessor;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.LinkedList;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import org.sipmgw.internal.sip.admission.FloodFilter;

/**
 * Receives over UDP with bounded memory: the stack's own queue has no end, and keeps 64 KiB for each datagram, however
 * short. What comes faster than it is read is dropped; who has sent it sends it again. A thread that dies of an error (no
 * memory) is replaced: without that the stack would be deaf from then on.
 */
final class BoundedUdpProcessor extends UDPMessageProcessor {
    private static final System.Logger LOG = System.getLogger(BoundedUdpProcessor.class.getName());
    private static final int MOST_WAITING = 4096;
    private static final int LARGEST_DATAGRAM = 65_536;
    private static final long PAUSE_AFTER_ERROR_MS = 100;

    private final int workers;
    private final FloodFilter filter;
    private final StunPings pings;
    private final ThreadGroup threads;
    private final Object working = new Object();
    private final LongAdder dropped = new LongAdder();

    @SuppressWarnings("JdkObsolete") // the kind of list is the choice of the stack
    BoundedUdpProcessor(
            InetAddress address, SIPTransactionStack stack, int port, int workers, FloodFilter filter, StunPings pings)
            throws IOException {
        super(address, stack, port);
        this.workers = workers;
        this.filter = filter;
        this.pings = pings;
        this.messageQueue = new ArrayBlockingQueue<>(MOST_WAITING);
        this.messageChannels = new LinkedList<>();
        this.threads = new ThreadGroup("sip-udp-" + port) {
            @Override
            public void uncaughtException(Thread thread, Throwable problem) {
                replace(thread, problem);
            }
        };
    }

    @Override
    public void start() {
        isRunning = true;
        pings.opened(bound(), this::send);
        Thread first = new Thread(threads, () -> {
            // workers become members of the group of the thread that makes them
            for (int i = 0; i < workers; i++) {
                work(i);
            }
            run();
        });
        name(first);
        first.start();
    }

    private void name(Thread reader) {
        reader.setName("MessageProcessorThread-UDP-" + getIpAddress().getHostAddress() + '/' + getPort());
        reader.setDaemon(true);
    }

    @SuppressWarnings("unchecked") // the stack's list has no type
    private void work(int number) {
        synchronized (working) {
            if (!isRunning) {
                return;
            }
            messageChannels.add(new Worker(sipStack, this, "sip-udp-" + getPort() + "-" + number));
        }
    }

    @Override
    public void run() {
        byte[] buffer = new byte[LARGEST_DATAGRAM];
        while (isRunning) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                sock.receive(packet);
                int length = packet.getLength();
                if (pings.took(buffer, length, (InetSocketAddress) packet.getSocketAddress())) {
                    continue;
                }
                if (!filter.admits(buffer, length, packet.getAddress(), System.nanoTime())) {
                    continue;
                }
                packet.setData(Arrays.copyOf(buffer, length));
                if (!messageQueue.offer(new DatagramQueuedMessageDispatch(packet, System.currentTimeMillis()))) {
                    dropped.increment();
                }
            } catch (IOException e) {
                if (isRunning) {
                    LOG.log(System.Logger.Level.DEBUG, "receiving", e);
                }
            }
        }
    }

    private InetSocketAddress bound() {
        return new InetSocketAddress(getIpAddress(), getPort());
    }

    private void send(byte[] datagram, InetSocketAddress to) throws IOException {
        sock.send(new DatagramPacket(datagram, datagram.length, to));
    }

    @Override
    public void stop() {
        pings.closed(bound());
        synchronized (working) {
            super.stop();
            if (dropped.sum() > 0) {
                LOG.log(System.Logger.Level.INFO, dropped + " datagrams came faster than they could be read");
            }
        }
    }

    private void replace(Thread dead, Throwable problem) {
        if (!isRunning) {
            return;
        }
        LOG.log(System.Logger.Level.ERROR, dead.getName() + " has died and is replaced", problem);
        boolean reader = dead.getName().startsWith("MessageProcessorThread");
        Thread substitute = new Thread(threads, () -> {
            pause();
            if (reader) {
                run();
            } else {
                work(Math.abs(dead.getName().hashCode() % workers));
            }
        });
        name(substitute);
        substitute.start();
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_AFTER_ERROR_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes datagrams from the queue, parses them, and brings them to the stack; its thread starts with it. */
    private static final class Worker extends UDPMessageChannel {
        Worker(SIPTransactionStack stack, UDPMessageProcessor processor, String name) {
            super(stack, processor, name);
        }
    }
}
