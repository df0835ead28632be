package org.sipmgw.devices.v4l2;

import java.util.List;
import org.sipmgw.devices.kernel.DeviceFile;
import org.sipmgw.devices.kernel.Errno;
import org.sipmgw.devices.kernel.Ioctl;
import org.sipmgw.devices.kernel.Structure;
import org.sipmgw.spi.DeviceException;

/**
 * The structures of linux/videodev2.h: sizes, offsets, requests. The same on x86-64 and arm64, where long and time have 64
 * bits.
 */
final class V4l2Layout {
    static final int CAPABILITY = 104;
    static final int CAPABILITY_DRIVER = 0;
    static final int CAPABILITY_CARD = 16;
    static final int CAPABILITY_BUS = 48;
    static final int CAPABILITY_VERSION = 80;
    static final int CAPABILITY_ALL = 84;
    static final int CAPABILITY_NODE = 88;

    static final int CAN_CAPTURE = 1;
    static final int CAN_OUTPUT = 2;
    static final int CAN_STREAM = 0x0400_0000;
    static final int HAS_NODE_CAPABILITIES = 0x8000_0000;

    static final int TYPE_CAPTURE = 1;
    static final int TYPE_OUTPUT = 2;
    static final int MEMORY_MMAP = 1;
    static final int FIELD_NONE = 1;
    static final int COLORSPACE_SRGB = 8;
    static final int COLORSPACE_SMPTE170M = 1;

    static final int FORMAT = 208;
    static final int FORMAT_TYPE = 0;
    static final int FORMAT_WIDTH = 8;
    static final int FORMAT_HEIGHT = 12;
    static final int FORMAT_FOURCC = 16;
    static final int FORMAT_FIELD = 20;
    static final int FORMAT_STRIDE = 24;
    static final int FORMAT_BYTES = 28;
    static final int FORMAT_COLORSPACE = 32;

    static final int REQUEST = 20;
    static final int REQUEST_COUNT = 0;
    static final int REQUEST_TYPE = 4;
    static final int REQUEST_MEMORY = 8;

    static final int BUFFER = 88;
    static final int BUFFER_INDEX = 0;
    static final int BUFFER_TYPE = 4;
    static final int BUFFER_USED = 8;
    static final int BUFFER_FLAGS = 12;
    static final int BUFFER_FIELD = 16;
    static final int BUFFER_SECONDS = 24;
    static final int BUFFER_MICROSECONDS = 32;
    static final int BUFFER_SEQUENCE = 56;
    static final int BUFFER_MEMORY = 60;
    static final int BUFFER_OFFSET = 64;
    static final int BUFFER_LENGTH = 72;
    static final int BUFFER_FLAG_ERROR = 0x40;

    static final int PARAMETERS = 204;
    static final int PARAMETERS_NUMERATOR = 12;
    static final int PARAMETERS_DENOMINATOR = 16;

    static final int DESCRIPTION = 64;
    static final int DESCRIPTION_TEXT = 12;
    static final int DESCRIPTION_FOURCC = 44;

    static final int SIZES = 44;
    static final int SIZES_FOURCC = 4;
    static final int SIZES_KIND = 8;
    static final int SIZES_FIRST = 12;

    static final int INTERVALS = 52;
    static final int INTERVALS_FOURCC = 4;
    static final int INTERVALS_WIDTH = 8;
    static final int INTERVALS_HEIGHT = 12;
    static final int INTERVALS_KIND = 16;
    static final int INTERVALS_FIRST = 20;

    static final int KIND_DISCRETE = 1;

    static final int CONTROL = 8;
    /** Of v4l2loopback: 1 keeps the format, and the device shown, while no writer is there. */
    static final int CONTROL_KEEP_FORMAT = 0x0098_f900;

    static final Ioctl QUERYCAP = Ioctl.read("VIDIOC_QUERYCAP", 'V', 0, CAPABILITY);
    static final Ioctl ENUM_FMT = Ioctl.exchange("VIDIOC_ENUM_FMT", 'V', 2, DESCRIPTION);
    static final Ioctl G_FMT = Ioctl.exchange("VIDIOC_G_FMT", 'V', 4, FORMAT);
    static final Ioctl S_FMT = Ioctl.exchange("VIDIOC_S_FMT", 'V', 5, FORMAT);
    static final Ioctl REQBUFS = Ioctl.exchange("VIDIOC_REQBUFS", 'V', 8, REQUEST);
    static final Ioctl QUERYBUF = Ioctl.exchange("VIDIOC_QUERYBUF", 'V', 9, BUFFER);
    static final Ioctl QBUF = Ioctl.exchange("VIDIOC_QBUF", 'V', 15, BUFFER);
    static final Ioctl DQBUF = Ioctl.exchange("VIDIOC_DQBUF", 'V', 17, BUFFER);
    static final Ioctl STREAMON = Ioctl.write("VIDIOC_STREAMON", 'V', 18, Integer.BYTES);
    static final Ioctl STREAMOFF = Ioctl.write("VIDIOC_STREAMOFF", 'V', 19, Integer.BYTES);
    static final Ioctl G_PARM = Ioctl.exchange("VIDIOC_G_PARM", 'V', 21, PARAMETERS);
    static final Ioctl S_PARM = Ioctl.exchange("VIDIOC_S_PARM", 'V', 22, PARAMETERS);
    static final Ioctl S_CTRL = Ioctl.exchange("VIDIOC_S_CTRL", 'V', 28, CONTROL);
    static final Ioctl ENUM_FRAMESIZES = Ioctl.exchange("VIDIOC_ENUM_FRAMESIZES", 'V', 74, SIZES);
    static final Ioctl ENUM_FRAMEINTERVALS = Ioctl.exchange("VIDIOC_ENUM_FRAMEINTERVALS", 'V', 75, INTERVALS);

    private V4l2Layout() {}

    /**
     * Makes requests that change nothing, to see that the running kernel has our structures: it knows a request by its number,
     * which holds the structure's size.
     *
     * @throws DeviceException naming the request that the kernel does not know
     */
    static void check(DeviceFile file, int type) {
        file.call(QUERYCAP, new Structure(CAPABILITY));
        for (Ioctl request : List.of(ENUM_FMT, G_FMT, QUERYBUF, G_PARM)) {
            // a type in the right place; all else may be refused, but not with "no such request"
            Structure argument = new Structure(request.size());
            argument.setInt(request.equals(ENUM_FMT) || request.equals(QUERYBUF) ? BUFFER_TYPE : FORMAT_TYPE, type);
            int answer = file.tryCall(request, argument);
            if (answer == -Errno.ENOTTY || answer == -Errno.ENODEV) {
                throw file.failure(request.name(), -answer);
            }
        }
    }
}
