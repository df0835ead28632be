package org.sipmgw.examples;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.sipmgw.testsupport.BaresipPhone;
import org.sipmgw.testsupport.BaresipSettings;
import org.sipmgw.testsupport.LossyRelay;
import org.sipmgw.testsupport.PhoneMedia;
import org.sipmgw.testsupport.ReceivedVideo;
import org.sipmgw.testsupport.RtpPacket;
import org.sipmgw.testsupport.RtpRecording;
import org.sipmgw.testsupport.SentFrames;
import org.sipmgw.testsupport.VirtualCall;
import org.sipmgw.testsupport.VirtualPhone;

/** The room system of a demo: calls, and shows what it sent and received. */
interface RoomSystem extends AutoCloseable {

    /** Longer than measuring takes: how long baresip's sound lasts beyond it. */
    int MARGIN_SECONDS = 60;

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

    /** The one that a demo is asked for; only our own phone lets a network lie between. */
    static RoomSystem of(DemoWish wish, String gateway, LossyRelay network) throws IOException {
        if (wish.virtual()) {
            PhoneMedia media = media(wish, wish.width(), wish.height(), wish.bitrateBps());
            return new Virtual(gateway, media, wish.trouble() ? Optional.of(network) : Optional.empty());
        }
        BaresipSettings settings = new BaresipSettings(
                wish.codec(), "opus", wish.width(), wish.height(), 1_500_000, wish.seconds() + MARGIN_SECONDS);
        return new Baresip(gateway, settings);
    }

    /** Our own phone with a small picture. */
    static RoomSystem small(DemoWish wish, String gateway) throws IOException {
        return new Virtual(gateway, media(wish, 320, 180, 300_000), Optional.empty());
    }

    private static PhoneMedia media(DemoWish wish, int width, int height, int bitrateBps) throws IOException {
        PhoneMedia media = PhoneMedia.of(wish.codec(), 1, "opus", width, height, bitrateBps);
        return switch (wish.encryption()) {
            case NONE -> media;
            case SDES -> media.withEncryption();
            case DTLS -> wish.ice() ? media.withDtls().withIce() : media.withDtls();
        };
    }

    /** Our own phone, which plays prepared packets. */
    final class Virtual implements RoomSystem {
        private final String gateway;
        private final VirtualPhone phone;
        private final PhoneMedia media;
        private final Optional<LossyRelay> network;
        private Optional<VirtualCall> call = Optional.empty();

        /** @param network what lies between its media and the gateway; empty: nothing */
        Virtual(String gateway, PhoneMedia media, Optional<LossyRelay> network) throws IOException {
            this.gateway = gateway;
            this.media = media;
            this.network = network;
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
            String uri = "sip:" + room + "@" + gateway;
            call = Optional.of(
                    network.isPresent() ? phone.call(uri, media.withRepair(), network.get()) : phone.call(uri, media));
            return current().answerMs();
        }

        @Override
        public void hangUp() throws IOException {
            current().hangUp();
        }

        void hold() throws IOException {
            current().hold();
        }

        void resume() throws IOException {
            current().resume();
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

        Baresip(String gateway, BaresipSettings settings) throws IOException {
            this.codec = settings.videoCodec();
            this.phone = BaresipPhone.start(gateway, settings);
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
