package org.sipmgw.devices.alsa;

/**
 * A program that has a sound device open.
 *
 * @param pid its process, or the thread that opened the device
 * @param command its program's short name; {@code ?} when it has ended and another process keeps the device
 * @param stream where, such as {@code pcm0p/sub0}: device 0, playback, subdevice 0
 */
public record CardHolder(long pid, String command, String stream) {
    @Override
    public String toString() {
        return command + " (process " + pid + ", " + stream + ")";
    }
}
