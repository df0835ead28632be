package org.sipmgw.media.h264;

import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.rtp.PacketPool;
import org.sipmgw.media.rtp.PictureCounter;
import org.sipmgw.media.rtp.SequenceMap;

/**
 * Puts H.264 packets right that a browser would refuse, without decoding (RFC 6184). Parameter sets that are missing
 * before a key frame are put in, byte streams in one packet become an aggregate, broken aggregates lose what is broken,
 * oversize packets are fragmented, what modes 0 and 1 forbid is left out. Sequence numbers stay without gaps. Belongs to
 * one thread; allocates nothing.
 */
public final class H264Repair {
    /** A larger payload is fragmented. */
    static final int MAX_PAYLOAD = 1400;

    private final PacketPool pool;
    private final SequenceMap numbers;
    private final PictureCounter pictures;
    private final ParameterSets sets = new ParameterSets();
    private final SequenceParameters parameters = new SequenceParameters();
    private final Aggregates aggregates = new Aggregates();
    private boolean unitStarted;
    private int unitTimestamp;
    private boolean unitHasSequence;
    private boolean unitHasPicture;
    private boolean keyFrame;

    /** Where packets go on. */
    @FunctionalInterface
    public interface Output {
        /** Takes a packet, which is the repair's or its caller's again when this returns. */
        void packet(Packet packet);
    }

    /** What was done. */
    public enum Status {
        /** Went on as it was. */
        PASSED,
        /** Went on changed, or with packets put in before it. */
        REPAIRED,
        /** Did not go on: no decoder could use it. */
        LEFT_OUT,
        /** Did not go on: it came too late to have a number. */
        TOO_LATE
    }

    /**
     * @param pool where packets that are put in come from
     * @param numbers numbers what goes on
     * @param pictures counts what is seen
     */
    public H264Repair(PacketPool pool, SequenceMap numbers, PictureCounter pictures) {
        this.pool = pool;
        this.numbers = numbers;
        this.pictures = pictures;
    }

    /** Another stream begins; its parameter sets may come from its description (sprop-parameter-sets, or ""). */
    public void restart(String sprop) {
        sets.clear();
        sets.describe(sprop);
        unitStarted = false;
    }

    /** Whether the newest packet handled was the first of a key frame. */
    public boolean keyFrame() {
        return keyFrame;
    }

    /** Hands on one packet, and what belongs before it. */
    public Status repair(Packet packet, Output output) {
        keyFrame = false;
        int length = packet.payloadLength();
        if (length <= 0) {
            return number(packet, output, Status.PASSED);
        }
        byte[] b = packet.buffer();
        int at = packet.payloadOffset();
        int type = NalType.of(b[at]);
        if (b[at] < 0) {
            return leaveOut(packet, output);
        }
        beginUnit(packet);
        if (type == NalType.FU_A) {
            return length < 3 ? leaveOut(packet, output) : fragment(packet, at, output);
        }
        if (type == NalType.STAP_A) {
            return aggregates.isSound(b, at, length) ? aggregate(packet, output) : rebuild(packet, output);
        }
        if (type == 0 || NalType.isSingle(type)) {
            boolean byteStream = StartCodes.next(b, at, at + length) < at + length;
            if (byteStream) {
                return rebuild(packet, output);
            }
            return type == 0 ? leaveOut(packet, output) : single(packet, at, length, output);
        }
        return leaveOut(packet, output);
    }

    private void beginUnit(Packet packet) {
        if (!unitStarted || packet.timestamp() - unitTimestamp > 0 || unitTimestamp - packet.timestamp() > 90_000) {
            unitStarted = true;
            unitTimestamp = packet.timestamp();
            unitHasSequence = false;
            unitHasPicture = false;
        }
        pictures.part(packet.timestamp());
    }

    private Status single(Packet packet, int at, int length, Output output) {
        boolean inserted = nal(packet, at, length, output);
        Status status = inserted ? Status.REPAIRED : Status.PASSED;
        return length <= MAX_PAYLOAD
                ? number(packet, output, status)
                : split(packet, packet.buffer()[at], at + 1, true, true, output);
    }

    private Status fragment(Packet packet, int at, Output output) {
        byte[] b = packet.buffer();
        boolean start = (b[at + 1] & 0x80) != 0;
        boolean end = (b[at + 1] & 0x40) != 0;
        byte header = (byte) ((b[at] & 0xE0) | (b[at + 1] & 0x1F));
        boolean inserted = start && isKeyFrameStart(header, b[at + 2]) && keyFrame(packet, output);
        if (start && end) {
            // a fragment that is the whole: not allowed (RFC 6184 section 5.8), but the unit is all there
            b[at + 1] = header;
            System.arraycopy(b, packet.offset(), b, packet.offset() + 1, packet.headerLength());
            packet.view(packet.offset() + 1, packet.length() - 1);
            return number(packet, output, Status.REPAIRED);
        }
        return packet.payloadLength() <= MAX_PAYLOAD
                ? number(packet, output, inserted ? Status.REPAIRED : Status.PASSED)
                : split(packet, header, at + 2, start, end, output);
    }

    private Status aggregate(Packet packet, Output output) {
        boolean inserted = false;
        byte[] b = packet.buffer();
        int end = packet.payloadOffset() + packet.payloadLength();
        for (int at = packet.payloadOffset() + 1; at < end; ) {
            int length = ((b[at] & 0xFF) << 8) | (b[at + 1] & 0xFF);
            inserted |= nal(packet, at + 2, length, output);
            at += 2 + length;
        }
        return number(packet, output, inserted ? Status.REPAIRED : Status.PASSED);
    }

    /** Makes a sound aggregate of a broken one or of a byte stream. */
    private Status rebuild(Packet packet, Output output) {
        int header = packet.headerLength();
        Packet made = pool.acquire(packet.length() + 3);
        try {
            System.arraycopy(packet.buffer(), packet.offset(), made.buffer(), 0, header);
            made.buffer()[0] &= ~0x20;
            int length = aggregates.rebuild(
                    packet.buffer(), packet.payloadOffset(), packet.payloadLength(), made.buffer(), header);
            if (length == 0) {
                return leaveOut(packet, output);
            }
            made.length(header + length);
            Status status = NalType.of(made.buffer()[header]) == NalType.STAP_A
                    ? aggregate(made, output)
                    : single(made, header, length, output);
            return status == Status.PASSED ? Status.REPAIRED : status;
        } finally {
            pool.release(made);
        }
    }

    /** Looks at one NAL unit; true where parameter sets were put in before its packet. */
    private boolean nal(Packet packet, int at, int length, Output output) {
        byte[] b = packet.buffer();
        switch (NalType.of(b[at])) {
            case NalType.SEQUENCE_PARAMETERS -> {
                unitHasSequence = true;
                sets.sequence(b, at, length);
                if (parameters.read(b, at, length)) {
                    pictures.size(parameters.width(), parameters.height());
                }
            }
            case NalType.PICTURE_PARAMETERS -> {
                unitHasPicture = true;
                sets.picture(b, at, length);
            }
            case NalType.IDR_SLICE -> {
                return length > 1 && isKeyFrameStart(b[at], b[at + 1]) && keyFrame(packet, output);
            }
            default -> {}
        }
        return false;
    }

    /** A first slice: its first macroblock is number 0, written as one set bit. */
    private static boolean isKeyFrameStart(byte header, byte slice) {
        return NalType.of(header) == NalType.IDR_SLICE && slice < 0;
    }

    private boolean keyFrame(Packet packet, Output output) {
        keyFrame = true;
        pictures.keyFrame(packet.timestamp());
        boolean needed = !(unitHasSequence && unitHasPicture);
        if (!needed || !sets.complete() || !numbers.isNewest(packet.sequence())) {
            return false;
        }
        unitHasSequence = true;
        unitHasPicture = true;
        Packet made = pool.acquire(Packet.FIXED_HEADER);
        try {
            plainHeader(packet, made);
            made.sequence(numbers.insertBefore(packet.sequence()));
            made.length(Packet.FIXED_HEADER + sets.aggregate(made.buffer(), Packet.FIXED_HEADER));
            output.packet(made);
        } finally {
            pool.release(made);
        }
        return true;
    }

    /** Sends the unit that begins at {@code from} in fragments; the last one has the packet's own number. */
    private Status split(Packet packet, byte header, int from, boolean start, boolean end, Output output) {
        int sequence = packet.sequence();
        if (!numbers.isNewest(sequence)) {
            return number(packet, output, Status.PASSED);
        }
        int left = packet.payloadOffset() + packet.payloadLength() - from;
        for (int at = from; left > 0; ) {
            int count = Math.min(left, MAX_PAYLOAD - 2);
            boolean last = count == left;
            Packet made = pool.acquire(Packet.FIXED_HEADER + 2 + count);
            try {
                plainHeader(packet, made);
                made.marker(last && packet.marker());
                byte[] b = made.buffer();
                b[Packet.FIXED_HEADER] = (byte) ((header & 0xE0) | NalType.FU_A);
                b[Packet.FIXED_HEADER + 1] =
                        (byte) ((start && at == from ? 0x80 : 0) | (end && last ? 0x40 : 0) | NalType.of(header));
                System.arraycopy(packet.buffer(), at, b, Packet.FIXED_HEADER + 2, count);
                made.sequence(last ? numbers.map(sequence) : numbers.insertBefore(sequence));
                output.packet(made);
            } finally {
                pool.release(made);
            }
            at += count;
            left -= count;
        }
        return Status.REPAIRED;
    }

    private static void plainHeader(Packet like, Packet made) {
        System.arraycopy(like.buffer(), like.offset(), made.buffer(), 0, Packet.FIXED_HEADER);
        made.buffer()[0] = (byte) 0x80;
        made.marker(false);
    }

    private Status number(Packet packet, Output output, Status status) {
        int sequence = numbers.map(packet.sequence());
        if (sequence < 0) {
            return Status.TOO_LATE;
        }
        packet.sequence(sequence);
        output.packet(packet);
        return status;
    }

    /** Closes the numbers over it, or, where it is late and a gap would stay, sends one byte of padding in its place. */
    private Status leaveOut(Packet packet, Output output) {
        if (numbers.drop(packet.sequence())) {
            return Status.LEFT_OUT;
        }
        byte[] b = packet.buffer();
        int at = packet.payloadOffset();
        b[packet.offset()] |= 0x20;
        b[at] = 1;
        packet.length(at + 1 - packet.offset());
        number(packet, output, Status.LEFT_OUT);
        return Status.LEFT_OUT;
    }
}
