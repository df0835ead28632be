package org.sipmgw.devices.v4l2;

/** What became of a frame that was handed over. */
public enum FrameResult {
    /** Readers have it. */
    SHOWN,
    /** It came too early for the rate and waits for its time; a frame that comes before takes its place. */
    WAITING,
    /** Another size or kind than the camera's: scale before. */
    WRONG_FORMAT,
    /** A JPEG larger than the device's buffer. */
    TOO_LARGE,
    /** The device is gone; it is looked for. */
    GONE,
    /** The sink was closed. */
    CLOSED
}
