package org.sipmgw.media.transcode;

/** What takes the RTP packets of one stream and decodes them. Thread-safe. */
public abstract sealed class RtpConsumer implements AutoCloseable permits FrameDecoder, SoundDecoder, Transcoder {

    final RtpIntake intake;

    RtpConsumer(RtpIntake intake) {
        this.intake = intake;
    }

    /**
     * One RTP packet; it is copied. Packets may come in any order within 60 ms.
     *
     * @return false when it was not taken: it is not of this stream, or this is closed or stopped by a {@link #fault()}
     */
    public final boolean packet(byte[] buffer, int offset, int length) {
        return intake.packet(buffer, offset, length);
    }

    /** What stopped it; empty while it works. */
    public final String fault() {
        return intake.fault();
    }

    /** Native objects that are held; 0 after the end. */
    public final int nativeObjects() {
        return intake.nativeObjects();
    }

    @Override
    public final void close() {
        intake.close();
    }
}
