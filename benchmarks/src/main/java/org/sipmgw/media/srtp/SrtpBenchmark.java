package org.sipmgw.media.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.sipmgw.media.rtp.Packet;

/** Protection and opening of one packet of 1200 bytes, against the same ciphers of the JDK over the same bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SrtpBenchmark {

    private static final int LENGTH = 1200;
    private static final int HEADER = Packet.FIXED_HEADER;

    private final SrtpSession cm80 = session(SrtpProfile.AES128_CM_HMAC_SHA1_80);
    private final SrtpSession gcm = session(SrtpProfile.AEAD_AES_128_GCM);
    private final SrtpSession gcm256 = session(SrtpProfile.AEAD_AES_256_GCM);
    private final RtpCipher cm80In = cipher(SrtpProfile.AES128_CM_HMAC_SHA1_80);
    private final RtpCipher gcmIn = cipher(SrtpProfile.AEAD_AES_128_GCM);
    private final byte[] cm80Wire = wire(cm80In);
    private final byte[] gcmWire = wire(gcmIn);
    private final Packet packet = rtp();
    private final byte[] iv = new byte[16];
    private final byte[] nonce = new byte[12];
    private final SecretKeySpec key = new SecretKeySpec(new byte[16], "AES");
    private final Cipher ctrCipher;
    private final Cipher gcmCipher;
    private final Mac mac;
    private int sequence;

    public SrtpBenchmark() {
        try {
            ctrCipher = Cipher.getInstance("AES/CTR/NoPadding");
            gcmCipher = Cipher.getInstance("AES/GCM/NoPadding");
            mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(new byte[20], "HmacSHA1"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static SrtpSession session(SrtpProfile profile) {
        byte[] key = new byte[profile.keyLength()];
        byte[] salt = new byte[profile.saltLength()];
        Arrays.fill(key, (byte) 1);
        Arrays.fill(salt, (byte) 2);
        return new SrtpSession(new SrtpKeys(profile, key, salt, key, salt));
    }

    private static Packet rtp() {
        Packet packet = new Packet(new byte[LENGTH + 64]).view(0, LENGTH);
        packet.buffer()[0] = (byte) 0x80;
        packet.payloadType(102);
        packet.ssrc(0x1234);
        return packet;
    }

    private Packet next() {
        packet.view(0, LENGTH).sequence(sequence++);
        return packet;
    }

    private static RtpCipher cipher(SrtpProfile profile) {
        try {
            return RtpCipher.of(profile, new byte[profile.keyLength()], new byte[profile.saltLength()]);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] wire(RtpCipher cipher) {
        Packet packet = rtp();
        try {
            cipher.protect(packet, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return Arrays.copyOf(packet.buffer(), packet.length());
    }

    private boolean open(RtpCipher cipher, byte[] wire) throws GeneralSecurityException {
        System.arraycopy(wire, 0, packet.buffer(), 0, wire.length);
        return cipher.open(packet.view(0, wire.length), 0);
    }

    /** A copy of 1210 bytes with it. */
    @Benchmark
    public boolean openCm80() throws GeneralSecurityException {
        return open(cm80In, cm80Wire);
    }

    /** A copy of 1216 bytes with it. */
    @Benchmark
    public boolean openGcm() throws GeneralSecurityException {
        return open(gcmIn, gcmWire);
    }

    @Benchmark
    public SrtpStatus protectGcm256() {
        return gcm256.protectRtp(next());
    }

    @Benchmark
    public SrtpStatus protectCm80() {
        return cm80.protectRtp(next());
    }

    @Benchmark
    public SrtpStatus protectGcm() {
        return gcm.protectRtp(next());
    }

    /** AES-CTR over the payload, HMAC-SHA1 over the packet. */
    @Benchmark
    public int yardstickJdkCtrAndHmac() throws GeneralSecurityException {
        byte[] buffer = next().buffer();
        count(iv);
        ctrCipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv));
        int length = ctrCipher.doFinal(buffer, HEADER, LENGTH - HEADER, buffer, HEADER);
        mac.update(buffer, 0, LENGTH);
        mac.doFinal(buffer, LENGTH);
        return length;
    }

    /** AES-GCM over the payload, the header authenticated. */
    @Benchmark
    public int yardstickJdkGcm() throws GeneralSecurityException {
        byte[] buffer = next().buffer();
        count(nonce);
        gcmCipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
        gcmCipher.updateAAD(buffer, 0, HEADER);
        return gcmCipher.doFinal(buffer, HEADER, LENGTH - HEADER, buffer, HEADER);
    }

    private static void count(byte[] counter) {
        for (int i = counter.length - 5; i >= 0 && ++counter[i] == 0; i--) {
            // carries
        }
    }

    @TearDown
    public void wipe() {
        cm80.close();
        gcm.close();
        gcm256.close();
    }
}
