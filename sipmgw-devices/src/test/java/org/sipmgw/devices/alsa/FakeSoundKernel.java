package org.sipmgw.devices.alsa;

import com.sun.jna.Pointer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sipmgw.devices.kernel.Errno;
import org.sipmgw.devices.kernel.Ioctl;
import org.sipmgw.devices.kernel.KernelCalls;

/** A kernel with one sound card in memory: its PCMs move when {@link #advance} says so. Any call can be made to fail. */
final class FakeSoundKernel implements KernelCalls {
    static final int EVERY = 1_000_000;

    final List<String> calls = new ArrayList<>();
    final List<Byte> played = new ArrayList<>();
    final Set<Integer> open = new HashSet<>();
    final Map<Integer, Integer> locks = new HashMap<>();
    final Set<String> nodes =
            new HashSet<>(Set.of("/dev/snd/controlC0", "/dev/snd/pcmC0D0p", "/dev/snd/pcmC0D1c", "/dev/snd/controlC1"));
    int failAt = EVERY;
    int failWith;
    int failsForEver;
    int elementValue;
    int queued;
    int buffer;
    boolean prepared;
    boolean running;
    boolean xrun;
    boolean autoAdvance;
    private int nextFd = 3;
    private int frameBytes;

    static SoundCard card() {
        return new SoundCard(0, "Loopback", "Loopback", "Loopback", Path.of("/dev/snd"));
    }

    static LoopbackCards cards(KernelCalls kernel) {
        try {
            Path proc = Files.createTempDirectory("proc");
            Files.writeString(proc.resolve("cards"), " 0 [Loopback       ]: Loopback - Loopback\n");
            proc.resolve("cards").toFile().deleteOnExit();
            proc.toFile().deleteOnExit();
            return new LoopbackCards(SoundCards.in(proc, Path.of("/dev/snd")), kernel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    PcmOpener opener() {
        return PcmOpener.kernel(this);
    }

    /** The device plays or records so many frames. */
    void advance(int frames) {
        queued -= frames;
        if (queued <= 0 && running) {
            queued = 0;
            running = false;
            xrun = true;
            prepared = false;
        }
    }

    private int rung(String call) {
        calls.add(call);
        if (failsForEver != 0) {
            return failsForEver;
        }
        return calls.size() == failAt ? failWith : 0;
    }

    @Override
    public int open(String path, int flags) {
        int failure = rung("open " + path);
        if (failure != 0) {
            return failure;
        }
        if (!nodes.contains(path)) {
            return -2;
        }
        open.add(nextFd);
        return nextFd++;
    }

    @Override
    public int close(int fd) {
        locks.values().removeIf(holder -> holder == fd);
        return open.remove(fd) ? 0 : -9;
    }

    @Override
    public int ioctl(int fd, long request, long argument) {
        if (!open.contains(fd)) {
            return -9;
        }
        if (is(request, PcmLayout.DROP)) {
            return 0;
        }
        int failure = rung(name(request));
        return failure != 0 ? failure : answer(request, argument);
    }

    private static boolean is(long request, Ioctl one) {
        return request == one.number();
    }

    private static String name(long request) {
        return "0x" + Long.toHexString(request);
    }

    private int answer(long request, long argument) {
        if (is(request, PcmLayout.PREPARE)) {
            prepared = true;
            xrun = false;
            running = false;
            queued = 0;
            return 0;
        } else if (is(request, PcmLayout.START)) {
            running = true;
            return 0;
        } else if (is(request, PcmLayout.WRITEI) || is(request, PcmLayout.READI)) {
            return transfer(at(argument, PcmLayout.XFER_BYTES), is(request, PcmLayout.WRITEI));
        }
        ByteBuffer structure = at(argument, (request >> 16) & 0x3fff);
        if (is(request, PcmLayout.PVERSION)) {
            structure.putInt(0, 0x2000f);
        } else if (is(request, PcmLayout.HW_PARAMS)) {
            choose(structure);
        } else if (is(request, PcmLayout.HW_REFINE)) {
            refine(structure);
        } else if (is(request, PcmLayout.STATUS)) {
            advance(autoAdvance ? 100 : 0);
            structure.putInt(PcmLayout.STATUS_STATE, xrun ? PcmLayout.STATE_XRUN : running ? 3 : prepared ? 2 : 1);
            structure.putLong(PcmLayout.STATUS_AVAIL, buffer - queued);
        } else if (is(request, PcmLayout.ELEM_WRITE)) {
            elementValue = structure.getInt(PcmLayout.ELEM_VALUE);
        }
        return 0;
    }

    private int transfer(ByteBuffer request, boolean playback) {
        if (xrun) {
            return -32;
        }
        if (!prepared && !running) {
            return -77;
        }
        if (!playback) {
            return -11;
        }
        int wanted = (int) request.getLong(PcmLayout.XFER_FRAMES);
        int taken = Math.min(wanted, buffer - queued);
        if (taken == 0) {
            if (autoAdvance) {
                advance(buffer / 4);
            }
            return -11;
        }
        int bytes = taken * frameBytes;
        ByteBuffer from = at(request.getLong(PcmLayout.XFER_BUF), bytes);
        for (int i = 0; i < bytes; i++) {
            played.add(from.get(i));
        }
        queued += taken;
        running = true;
        request.putLong(0, taken);
        return 0;
    }

    private static void refine(ByteBuffer params) {
        interval(params, HwParams.CHANNELS, 1, 8);
        interval(params, HwParams.RATE, 8_000, 192_000);
        interval(params, HwParams.PERIOD_SIZE, 16, 100_000);
        interval(params, HwParams.BUFFER_SIZE, 32, 400_000);
    }

    private void choose(ByteBuffer params) {
        int period = value(params, HwParams.PERIOD_SIZE, 0);
        buffer = value(params, HwParams.BUFFER_SIZE, 4);
        interval(params, HwParams.PERIOD_SIZE, period, period);
        interval(params, HwParams.BUFFER_SIZE, buffer, buffer);
        boolean s16 = (params.getInt(PcmLayout.HW_MASKS + PcmLayout.MASK_BYTES) & 4) != 0;
        frameBytes = value(params, HwParams.CHANNELS, 0) * (s16 ? 2 : 4);
    }

    private static int value(ByteBuffer params, int parameter, int at) {
        return params.getInt(PcmLayout.HW_INTERVALS + (parameter - 8) * PcmLayout.INTERVAL_BYTES + at);
    }

    private static void interval(ByteBuffer params, int parameter, int min, int max) {
        params.putInt(PcmLayout.HW_INTERVALS + (parameter - 8) * PcmLayout.INTERVAL_BYTES, min);
        params.putInt(PcmLayout.HW_INTERVALS + (parameter - 8) * PcmLayout.INTERVAL_BYTES + 4, max);
    }

    private static ByteBuffer at(long address, long bytes) {
        return new Pointer(address).getByteBuffer(0, bytes).order(ByteOrder.nativeOrder());
    }

    @Override
    public int poll(long descriptors, int count, int timeoutMs) {
        return autoAdvance ? 1 : 0;
    }

    @Override
    public long mmap(int fd, long bytes, long offset) {
        return -Errno.ENODEV;
    }

    @Override
    public int munmap(long address, long bytes) {
        return -Errno.EINVAL;
    }

    @Override
    public long read(int fd, long address, long bytes) {
        return -Errno.EINVAL;
    }

    @Override
    public long write(int fd, long address, long bytes) {
        return -Errno.EINVAL;
    }

    @Override
    public int lock(int fd) {
        int failure = rung("lock");
        return failure != 0 ? failure : 0;
    }
}
