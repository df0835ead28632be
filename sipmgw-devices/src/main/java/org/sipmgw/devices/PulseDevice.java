package org.sipmgw.devices;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.sipmgw.spi.DeviceException;

/** Records a moment from a PulseAudio source, as a client of it: shows that sound would arrive. */
final class PulseDevice {
    /** 5 ms of 48 kHz stereo, 16 bits. */
    private static final int PROBE_BYTES = 960;

    private PulseDevice() {}

    /** Records a few samples, bounded in time: libpulse itself waits for ever for a server that hangs. */
    static void probe(String server, String source, long timeoutMs) throws InterruptedException {
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        Thread thread = new Thread(() -> answer.complete(record(server, source)), "sipmgw-pulse-probe");
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((t, e) -> answer.completeExceptionally(e));
        thread.start();
        try {
            int error = answer.get(timeoutMs, TimeUnit.MILLISECONDS);
            if (error != 0) {
                throw new DeviceException(source, "record", "refused (PulseAudio error " + error + ")");
            }
        } catch (TimeoutException hangs) {
            // the caller ends the server, and with the connection the thread ends
            throw new DeviceException(source, "record", "no sound within " + timeoutMs + " ms", hangs);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LinkageError) {
                throw new DeviceException("libpulse-simple.so.0", "load", "install the Debian package libpulse0", e);
            }
            throw new DeviceException(source, "record", String.valueOf(e.getCause()), e);
        }
    }

    private static int record(String server, String source) {
        int[] error = new int[1];
        try (Memory format = new Memory(12);
                Memory samples = new Memory(PROBE_BYTES)) {
            format.clear();
            format.setInt(0, PulseNative.SAMPLE_S16LE);
            format.setInt(4, PulseSpeakers.RATE_HZ);
            format.setByte(8, (byte) PulseSpeakers.CHANNELS);
            Pointer stream = PulseNative.pa_simple_new(
                    server, "sipmgw", PulseNative.STREAM_RECORD, source, "probe", format, null, lowLatency(), error);
            if (stream == null) {
                return error[0];
            }
            int read = PulseNative.pa_simple_read(stream, samples, PROBE_BYTES, error);
            PulseNative.pa_simple_free(stream);
            return read < 0 ? error[0] : 0;
        }
    }

    /** pa_buffer_attr: only the size of a recorded fragment, everything else the server's choice. */
    private static Memory lowLatency() {
        Memory attributes = new Memory(20);
        for (int field = 0; field < 4; field++) {
            attributes.setInt(4L * field, -1);
        }
        attributes.setInt(16, PROBE_BYTES);
        return attributes;
    }
}
