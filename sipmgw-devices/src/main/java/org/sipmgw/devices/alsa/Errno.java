package org.sipmgw.devices.alsa;

/** The error numbers of Linux that sound devices give, and what they mean there. */
enum Errno {
    EPERM(1, "not permitted"),
    ENOENT(2, "no such device: is the module loaded? in a container: --device /dev/snd"),
    EIO(5, "the device does not answer"),
    ENXIO(6, "no such device"),
    EBADF(9, "closed"),
    EAGAIN(11, "in use by another program"),
    ENOMEM(12, "no memory for the buffer"),
    EACCES(13, "no permission: the user must be in the group audio (usermod -aG audio USER, then a new session)"),
    EBUSY(16, "in use by another program"),
    ENODEV(19, "the device has gone"),
    EINVAL(22, "the device cannot do that, or its other end runs with another format"),
    ENOTTY(25, "this is no ALSA device, or its structures have another size"),
    EPIPE(32, "ran dry or full"),
    EBADFD(77, "in a state that does not allow that"),
    ESTRPIPE(86, "suspended");

    private final int number;
    private final String meaning;

    Errno(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    int number() {
        return number;
    }

    /** {@code EBUSY (16): in use by another program}; takes it negated or not. */
    static String text(int errno) {
        int positive = Math.abs(errno);
        for (Errno known : values()) {
            if (known.number == positive) {
                return known + " (" + positive + "): " + known.meaning;
            }
        }
        return "errno " + positive;
    }
}
