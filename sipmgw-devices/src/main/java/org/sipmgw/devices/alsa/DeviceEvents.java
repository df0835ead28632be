package org.sipmgw.devices.alsa;

/** Hears of a device that goes and comes in mid-call. Called by the thread that moves the sound: return soon. */
public interface DeviceEvents {
    /** Hears nothing. */
    DeviceEvents NONE = new DeviceEvents() {};

    /** The device has gone; silence instead of it, and a look for it once a second. */
    default void gone(String why) {}

    /** It is there again and in use. */
    default void returned() {}
}
