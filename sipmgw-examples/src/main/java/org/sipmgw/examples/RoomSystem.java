package org.sipmgw.examples;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.sipmgw.testsupport.BaresipPhone;
import org.sipmgw.testsupport.BaresipSettings;
import org.sipmgw.testsupport.PhoneMedia;
import org.sipmgw.testsupport.ReceivedVideo;
import org.sipmgw.testsupport.RtpPacket;
import org.sipmgw.testsupport.RtpRecording;
import org.sipmgw.testsupport.SentFrames;
import org.sipmgw.testsupport.VirtualCall;
import org.sipmgw.testsupport.VirtualPhone;

/** The room system of a demo: calls, and shows what it sent and received. */
interface RoomSystem extends AutoCloseable {

    /** The name under which the conference shows it. */
    String participant();

    /** Calls a room and waits for the answer; returns how long it took. */
    long call(String room) throws IOException;

    void hangUp() throws IOException;

    RtpRecording video();

    RtpRecording audio();

    /** When its frames were sent; may take a while to find out. */
    SentFrames sent() throws IOException;

    /** A picture it decoded itself, where it can. */
    Optional<BufferedImage> snapshot() throws IOException;

    @Override
    void close();

    /** Our own phone, which plays prepared packets. */
    final class Virtual implements RoomSystem {
        private final String gateway;
        private final VirtualPhone phone;
        private final PhoneMedia media;
        private Optional<VirtualCall> call = Optional.empty();

        Virtual(String gateway, String codec, int width, int height, int bitrateBps) throws IOException {
            this.gateway = gateway;
            this.media = PhoneMedia.of(codec, 1, "opus", width, height, bitrateBps);
            this.phone = VirtualPhone.open("Meeting room");
        }

        private VirtualCall current() {
            return call.orElseThrow(() -> new IllegalStateException("not called yet"));
        }

        @Override
        public String participant() {
            return "Meetingroom";
        }

        @Override
        public long call(String room) throws IOException {
            call = Optional.of(phone.call("sip:" + room + "@" + gateway, media));
            return current().answerMs();
        }

        @Override
        public void hangUp() throws IOException {
            current().hangUp();
        }

        @Override
        public RtpRecording video() {
            return current().video();
        }

        @Override
        public RtpRecording audio() {
            return current().audio();
        }

        @Override
        public SentFrames sent() {
            return current().sent();
        }

        @Override
        public Optional<BufferedImage> snapshot() {
            return Optional.empty();
        }

        @Override
        public void close() {
            phone.close();
        }
    }

    /** Baresip. */
    final class Baresip implements RoomSystem {
        private static final long ANSWER_MS = 20_000;
        private final BaresipPhone phone;
        private final String codec;

        Baresip(String gateway, String codec, int width, int height, int seconds) throws IOException {
            this.codec = codec;
            this.phone = BaresipPhone.start(
                    gateway, new BaresipSettings(codec, 1, "opus", width, height, 1_500_000, seconds));
        }

        @Override
        public String participant() {
            return "room";
        }

        @Override
        public long call(String room) throws IOException {
            long start = System.nanoTime();
            phone.call(room, ANSWER_MS);
            return (System.nanoTime() - start) / 1_000_000;
        }

        @Override
        public void hangUp() throws IOException {
            phone.hangUp();
        }

        @Override
        public RtpRecording video() {
            return phone.tap().receivedVideo();
        }

        @Override
        public RtpRecording audio() {
            return phone.tap().receivedAudio();
        }

        @Override
        public SentFrames sent() throws IOException {
            SentFrames sent = new SentFrames();
            List<RtpPacket> packets = phone.tap().sentVideo().packets();
            ReceivedVideo.decode(packets, codec, PhoneMedia.ROOM_SENDER)
                    .pictures()
                    .forEach(p -> p.reading().ifPresent(r -> sent.sent(r.frame(), p.arrivalNs())));
            return sent;
        }

        @Override
        public Optional<BufferedImage> snapshot() throws IOException {
            return phone.snapshot();
        }

        @Override
        public void close() {
            phone.close();
        }
    }
}
