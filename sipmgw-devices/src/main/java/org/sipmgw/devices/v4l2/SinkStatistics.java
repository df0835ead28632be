package org.sipmgw.devices.v4l2;

/**
 * Frames of a camera since it was opened.
 *
 * @param shown given to readers for the first time
 * @param repeated shown again because the source paused
 * @param replaced came too early and gave way to a newer one
 * @param dropped refused, or lost while the device was gone
 * @param losses how often the device went away
 */
public record SinkStatistics(long shown, long repeated, long replaced, long dropped, long losses) {}
