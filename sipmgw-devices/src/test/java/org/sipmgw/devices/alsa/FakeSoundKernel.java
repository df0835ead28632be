package org.sipmgw.devices.alsa;

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
import java.util.TreeMap;

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
    private final TreeMap<Long, ByteBuffer> memory = new TreeMap<>();
    private long nextAddress = 4096;
    private int nextFd = 3;
    private int frameBytes;
    private boolean draining;

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
            xrun = !draining;
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
        if (request == PcmLayout.DROP) {
            return 0;
        }
        int failure = rung(name(request));
        return failure != 0 ? failure : answer(request, argument);
    }

    private static String name(long request) {
        return "0x" + Long.toHexString(request);
    }

    private int answer(long request, long argument) {
        if (request == PcmLayout.PREPARE) {
            prepared = true;
            xrun = false;
            running = false;
            draining = false;
            queued = 0;
            return 0;
        } else if (request == PcmLayout.START) {
            running = true;
            return 0;
        } else if (request == PcmLayout.DRAIN) {
            draining = true;
            return running ? -11 : 0;
        } else if (request == PcmLayout.WRITEI || request == PcmLayout.READI) {
            return transfer(at(argument), request == PcmLayout.WRITEI);
        }
        ByteBuffer structure = request == PcmLayout.PREFER_SUBDEVICE ? null : at(argument);
        if (request == PcmLayout.PVERSION) {
            structure.putInt(0, 0x2000f);
        } else if (request == PcmLayout.HW_PARAMS) {
            choose(structure);
        } else if (request == PcmLayout.HW_REFINE) {
            refine(structure);
        } else if (request == PcmLayout.STATUS) {
            structure.putInt(PcmLayout.STATUS_STATE, xrun ? PcmLayout.STATE_XRUN : running ? 3 : prepared ? 2 : 1);
            structure.putLong(PcmLayout.STATUS_AVAIL, buffer - queued);
        } else if (request == PcmLayout.ELEM_WRITE) {
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
        long address = request.getLong(PcmLayout.XFER_BUF);
        ByteBuffer from = memory.floorEntry(address).getValue();
        int offset = (int) (address - memory.floorKey(address));
        for (int i = 0; i < taken * frameBytes; i++) {
            played.add(from.get(offset + i));
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

    private ByteBuffer at(long address) {
        return memory.get(address).order(ByteOrder.nativeOrder());
    }

    @Override
    public int poll(int fd, int events, int timeoutMs) {
        return autoAdvance ? events : 0;
    }

    @Override
    public int lock(int fd) {
        int failure = rung("lock");
        return failure != 0 ? failure : 0;
    }

    @Override
    @SuppressWarnings("ReferenceEquality")
    public long address(ByteBuffer direct) {
        for (Map.Entry<Long, ByteBuffer> known : memory.entrySet()) {
            if (known.getValue() == direct) {
                return known.getKey();
            }
        }
        long address = nextAddress;
        nextAddress += direct.capacity() + 64;
        memory.put(address, direct);
        return address;
    }
}
