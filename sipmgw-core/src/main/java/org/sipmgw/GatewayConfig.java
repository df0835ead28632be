package org.sipmgw;

import java.time.Duration;
import org.sipmgw.sdp.EncryptionPolicy;
import org.sipmgw.spi.ConfigException;

/**
 * The limits of a gateway. Immutable; checked when made.
 *
 * @param maxCalls calls at once, further ones are answered 503; 1 to 1000
 * @param joinTimeout how long a page may take to be joined; 1 s to 10 min
 * @param roomSilenceTimeout end of a call whose room sends nothing and holds nothing; 0 for never
 * @param retryAfter the Retry-After of a 503
 * @param userAgent what the gateway calls itself in User-Agent and Server
 * @param encryption of media, where nothing else is said for a call
 * @param trafficClass of SIP packets: the byte that holds DSCP and was called TOS, 0 to 255; 0 for that of the system
 */
public record GatewayConfig(
        int maxCalls,
        Duration joinTimeout,
        Duration roomSilenceTimeout,
        Duration retryAfter,
        String userAgent,
        EncryptionPolicy encryption,
        int trafficClass) {

    public GatewayConfig {
        if (maxCalls < 1 || maxCalls > 1000) {
            throw new ConfigException("maxCalls", maxCalls, "1 to 1000");
        }
        if (joinTimeout.toMillis() < 1000 || joinTimeout.toMinutes() > 10) {
            throw new ConfigException("joinTimeout", joinTimeout, "1 s to 10 min");
        }
        if (roomSilenceTimeout.isNegative()) {
            throw new ConfigException("roomSilenceTimeout", roomSilenceTimeout, "0 (never) or more");
        }
        if (retryAfter.isNegative()) {
            throw new ConfigException("retryAfter", retryAfter, "0 s or more");
        }
        if (trafficClass < 0 || trafficClass > 255) {
            throw new ConfigException("trafficClass", trafficClass, "0 to 255");
        }
    }

    /** With {@link EncryptionPolicy#preferred()}. */
    public GatewayConfig(
            int maxCalls, Duration joinTimeout, Duration roomSilenceTimeout, Duration retryAfter, String userAgent) {
        this(maxCalls, joinTimeout, roomSilenceTimeout, retryAfter, userAgent, EncryptionPolicy.preferred(), 0);
    }

    /** 10 calls, 30 s to join, 60 s of silence, 10 s to retry; encryption wherever the other side has it. */
    public static GatewayConfig defaults() {
        return new GatewayConfig(10, Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(10), "sipmgw");
    }

    /** The same with another number of calls at once. */
    public GatewayConfig withMaxCalls(int calls) {
        return new GatewayConfig(
                calls, joinTimeout, roomSilenceTimeout, retryAfter, userAgent, encryption, trafficClass);
    }

    /** The same with another time to join. */
    public GatewayConfig withJoinTimeout(Duration timeout) {
        return new GatewayConfig(
                maxCalls, timeout, roomSilenceTimeout, retryAfter, userAgent, encryption, trafficClass);
    }

    /** The same with another time of silence. */
    public GatewayConfig withRoomSilenceTimeout(Duration timeout) {
        return new GatewayConfig(maxCalls, joinTimeout, timeout, retryAfter, userAgent, encryption, trafficClass);
    }

    /** The same with another encryption of media. */
    public GatewayConfig withEncryption(EncryptionPolicy policy) {
        return new GatewayConfig(
                maxCalls, joinTimeout, roomSilenceTimeout, retryAfter, userAgent, policy, trafficClass);
    }

    /** The same with another traffic class of SIP packets. */
    public GatewayConfig withTrafficClass(int value) {
        return new GatewayConfig(maxCalls, joinTimeout, roomSilenceTimeout, retryAfter, userAgent, encryption, value);
    }
}
