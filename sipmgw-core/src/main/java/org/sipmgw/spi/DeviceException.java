package org.sipmgw.spi;

/** A device, a native library or a process around the browser failed. */
public final class DeviceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param device what failed, for example {@code Xvfb :7}
     * @param call the step that failed, for example {@code start}
     * @param detail what is known of the reason, with the remedy where there is one
     */
    public DeviceException(String device, String call, String detail) {
        super(device + ": " + call + ": " + detail);
    }

    /** As above, with the cause. */
    public DeviceException(String device, String call, String detail, Throwable cause) {
        super(device + ": " + call + ": " + detail, cause);
    }
}
