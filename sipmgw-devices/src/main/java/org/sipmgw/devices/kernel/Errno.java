package org.sipmgw.devices.kernel;

/** Error numbers of Linux on x86-64 and arm64, as far as devices answer them. */
public final class Errno {
    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int EINTR = 4;
    public static final int EIO = 5;
    public static final int ENXIO = 6;
    public static final int EBADF = 9;
    public static final int EAGAIN = 11;
    public static final int ENOMEM = 12;
    public static final int EACCES = 13;
    public static final int EFAULT = 14;
    public static final int EBUSY = 16;
    public static final int ENODEV = 19;
    public static final int EINVAL = 22;
    public static final int ENFILE = 23;
    public static final int EMFILE = 24;
    public static final int ENOTTY = 25;
    public static final int ENOSPC = 28;
    public static final int EPIPE = 32;
    public static final int EBADFD = 77;
    public static final int ESTRPIPE = 86;

    private Errno() {}

    /** The number's name and what it means for a device, for messages. */
    public static String text(int errno) {
        return switch (errno) {
            case EPERM -> "EPERM, not permitted";
            case ENOENT -> "ENOENT, there is no such device file";
            case EINTR -> "EINTR, interrupted";
            case EIO -> "EIO, the device does not work or is in no state for this";
            case ENXIO -> "ENXIO, there is no such device";
            case EBADF -> "EBADF, the device file is closed";
            case EAGAIN -> "EAGAIN, not now: it is busy, or another program holds it";
            case ENOMEM -> "ENOMEM, no memory";
            case EACCES -> "EACCES, this user may not open it (groups video and audio)";
            case EFAULT -> "EFAULT, wrong address";
            case EBUSY -> "EBUSY, another program holds it";
            case ENODEV -> "ENODEV, the device is gone";
            case EINVAL -> "EINVAL, the device does not take this";
            case ENFILE, EMFILE -> "too many open files (ulimit -n)";
            case ENOTTY -> "ENOTTY, the device does not know this call";
            case ENOSPC -> "ENOSPC, no space left";
            case EPIPE -> "EPIPE, over- or underrun";
            case EBADFD -> "EBADFD, the stream is in no state for this";
            case ESTRPIPE -> "ESTRPIPE, the stream is suspended";
            default -> "errno " + errno;
        };
    }
}
