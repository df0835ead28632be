package org.sipmgw.testsupport;

import java.io.IOException;

/**
 * What a {@link VirtualPhone} plays and says of itself.
 *
 * @param audio its sound
 * @param video its picture
 * @param feedback whether it offers RTCP feedback (PLI, FIR); without, key frames are asked for by INFO
 * @param repair whether it resends and asks for lost packets (NACK), obeys and reports
 * @param encryption how it protects its media; only in its own offers
 * @param pictures whether it offers video at all; without, it is a telephone, and {@code video} is never played
 * @param ice how it finds the gateway's media
 */
public record PhoneMedia(
        PreparedAudio audio,
        PreparedVideo video,
        boolean feedback,
        boolean repair,
        Encryption encryption,
        boolean pictures,
        Ice ice) {

    /** How it speaks ICE. */
    public enum Ice {
        /** Not at all: it sends to what is described. */
        NONE,
        /** It checks, and controls where it calls. */
        FULL,
        /** It answers checks only. */
        LITE
    }

    /** How the keys of SRTP are agreed on. */
    public enum Encryption {
        /** No SRTP. */
        NONE("RTP/AVP"),
        /** RFC 4568. */
        SDES("RTP/SAVP"),
        /** RFC 5763. */
        DTLS("UDP/TLS/RTP/SAVPF");

        private final String profile;

        Encryption(String profile) {
            this.profile = profile;
        }

        /** What an offer's media lines name. */
        String profile() {
            return profile;
        }
    }

    /** A room that repairs no losses and does not encrypt. */
    public PhoneMedia(PreparedAudio audio, PreparedVideo video, boolean feedback) {
        this(audio, video, feedback, false, Encryption.NONE, true, Ice.NONE);
    }

    /** The pattern's sender number of a room. */
    public static final int ROOM_SENDER = 1;

    /** The pattern's sender number of the other participant. */
    public static final int CONFERENCE_SENDER = 2;

    /** The pattern's sender number of a second room. */
    public static final int SECOND_ROOM_SENDER = 3;

    /** A room with H.264 in mode 1 and Opus. */
    public static PhoneMedia room(int width, int height, int bitrateBps) throws IOException {
        return of("H264", 1, "opus", width, height, bitrateBps);
    }

    /** A room with the given codecs. */
    public static PhoneMedia of(String video, int mode, String audio, int width, int height, int bitrateBps)
            throws IOException {
        Pattern pattern = new Pattern(ROOM_SENDER, "Meeting room", width, height, 30);
        return new PhoneMedia(
                PreparedAudio.of(Tones.ROOM, audio), PreparedVideo.of(pattern, video, mode, bitrateBps), true);
    }

    /** The same with NACK, TMMBR and receiver reports. */
    public PhoneMedia withRepair() {
        return new PhoneMedia(audio, video, feedback, true, encryption, pictures, ice);
    }

    /** The same without RTCP feedback. */
    public PhoneMedia withoutFeedback() {
        return new PhoneMedia(audio, video, false, repair, encryption, pictures, ice);
    }

    /** The same with AEAD_AES_256_GCM, keys in the description. */
    public PhoneMedia withEncryption() {
        return new PhoneMedia(audio, video, feedback, repair, Encryption.SDES, pictures, ice);
    }

    /** The same with DTLS-SRTP. */
    public PhoneMedia withDtls() {
        return new PhoneMedia(audio, video, feedback, repair, Encryption.DTLS, pictures, ice);
    }

    /** The same as a telephone: sound only. */
    public PhoneMedia withoutVideo() {
        return new PhoneMedia(audio, video, feedback, repair, encryption, false, ice);
    }

    /** The same with ICE, RTP and RTCP on one port. */
    public PhoneMedia withIce() {
        return new PhoneMedia(audio, video, feedback, repair, encryption, pictures, Ice.FULL);
    }

    /** The same with ICE of the kind that only answers checks. */
    public PhoneMedia withIceLite() {
        return new PhoneMedia(audio, video, feedback, repair, encryption, pictures, Ice.LITE);
    }
}
