package org.sipmgw.devices.alsa;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Records from an open device, on a thread of its own, until it is asked what it has heard. */
final class Recorder implements AutoCloseable {
    private final PcmCapture capture;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private final Thread thread = new Thread(this::record, "recorder");
    private volatile boolean ending;

    Recorder(PcmCapture capture) {
        this.capture = capture;
        thread.start();
    }

    private void record() {
        ByteBuffer period = ByteBuffer.allocateDirect(
                capture.periodFrames() * capture.format().frameBytes());
        byte[] bytes = new byte[period.capacity()];
        while (!ending) {
            period.clear();
            if (capture.read(period) == PcmStream.GONE) {
                return;
            }
            period.flip().get(bytes, 0, period.limit());
            synchronized (heard) {
                heard.write(bytes, 0, period.position());
            }
        }
    }

    byte[] heard() {
        synchronized (heard) {
            return heard.toByteArray();
        }
    }

    int heardBytes() {
        synchronized (heard) {
            return heard.size();
        }
    }

    /** What has been heard, once so many bytes more have come than there are now. */
    byte[] heardAfter(int moreBytes) {
        int wanted = heardBytes() + moreBytes;
        SoundLab.await("sound from " + capture.device(), () -> heardBytes() >= wanted || !thread.isAlive());
        return heard();
    }

    long xruns() {
        return capture.xruns();
    }

    @Override
    public void close() {
        ending = true;
        capture.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
