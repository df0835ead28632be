package org.sipmgw.internal.sip.net;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Several carriage returns in a row are read as one. The stack keeps the first two of a line in an array of two; a third
 * ends its reading thread, and the connection would stay open for ever with nobody reading it. Bodies too: no text that SIP
 * carries has two in a row.
 */
final class SingleReturns extends FilterInputStream {
    private final AtomicInteger readers;
    private boolean afterReturn;

    /**
     * Reads from there.
     *
     * @param readers counts who waits for what comes
     */
    SingleReturns(InputStream in, AtomicInteger readers) {
        super(in);
        this.readers = readers;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int kept = 0;
        while (kept == 0) {
            int got = readWhatComes(bytes, offset, length);
            if (got <= 0) {
                return got;
            }
            kept = compact(bytes, offset, got);
        }
        return kept;
    }

    private int readWhatComes(byte[] bytes, int offset, int length) throws IOException {
        readers.incrementAndGet();
        try {
            return super.read(bytes, offset, length);
        } finally {
            readers.decrementAndGet();
        }
    }

    private int compact(byte[] bytes, int offset, int length) {
        int to = offset;
        for (int from = offset; from < offset + length; from++) {
            boolean isReturn = bytes[from] == '\r';
            if (!isReturn || !afterReturn) {
                bytes[to++] = bytes[from];
            }
            afterReturn = isReturn;
        }
        return to - offset;
    }
}
