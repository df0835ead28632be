package org.sipmgw.media.gst;

/** The GStreamer elements that are used, each with the Debian package that holds it. */
public enum GstElement {
    APPSRC("appsrc", "gstreamer1.0-plugins-base"),
    APPSINK("appsink", "gstreamer1.0-plugins-base"),
    CAPSFILTER("capsfilter", "libgstreamer1.0-0"),
    QUEUE("queue", "libgstreamer1.0-0"),
    VIDEOCONVERT("videoconvert", "gstreamer1.0-plugins-base"),
    VIDEOSCALE("videoscale", "gstreamer1.0-plugins-base"),
    AUDIOCONVERT("audioconvert", "gstreamer1.0-plugins-base"),
    AUDIORESAMPLE("audioresample", "gstreamer1.0-plugins-base"),
    PULSESRC("pulsesrc", "gstreamer1.0-pulseaudio"),
    X264ENC("x264enc", "gstreamer1.0-plugins-ugly"),
    VP8ENC("vp8enc", "gstreamer1.0-plugins-good"),
    OPUSENC("opusenc", "gstreamer1.0-plugins-base"),
    G722ENC("avenc_g722", "gstreamer1.0-libav"),
    MULAWENC("mulawenc", "gstreamer1.0-plugins-good"),
    ALAWENC("alawenc", "gstreamer1.0-plugins-good"),
    RTPH264PAY("rtph264pay", "gstreamer1.0-plugins-good"),
    RTPVP8PAY("rtpvp8pay", "gstreamer1.0-plugins-good"),
    RTPOPUSPAY("rtpopuspay", "gstreamer1.0-plugins-good"),
    RTPG722PAY("rtpg722pay", "gstreamer1.0-plugins-good"),
    RTPPCMUPAY("rtppcmupay", "gstreamer1.0-plugins-good"),
    RTPPCMAPAY("rtppcmapay", "gstreamer1.0-plugins-good"),
    /** The decoders below are only for tests, the demo and keys that are heard in sound. */
    H264DEC("avdec_h264", "gstreamer1.0-libav"),
    VP8DEC("vp8dec", "gstreamer1.0-plugins-good"),
    OPUSDEC("opusdec", "gstreamer1.0-plugins-base"),
    G722DEC("avdec_g722", "gstreamer1.0-libav"),
    MULAWDEC("mulawdec", "gstreamer1.0-plugins-good"),
    ALAWDEC("alawdec", "gstreamer1.0-plugins-good"),
    RTPH264DEPAY("rtph264depay", "gstreamer1.0-plugins-good"),
    RTPVP8DEPAY("rtpvp8depay", "gstreamer1.0-plugins-good"),
    RTPOPUSDEPAY("rtpopusdepay", "gstreamer1.0-plugins-good"),
    RTPG722DEPAY("rtpg722depay", "gstreamer1.0-plugins-good"),
    RTPPCMUDEPAY("rtppcmudepay", "gstreamer1.0-plugins-good"),
    RTPPCMADEPAY("rtppcmadepay", "gstreamer1.0-plugins-good"),
    /** What follows is for transcoding and for calls over devices of the kernel; see {@link Ladder}. */
    RTPJITTERBUFFER("rtpjitterbuffer", "gstreamer1.0-plugins-good"),
    H264PARSE("h264parse", "gstreamer1.0-plugins-bad"),
    H265PARSE("h265parse", "gstreamer1.0-plugins-bad"),
    RTPH265DEPAY("rtph265depay", "gstreamer1.0-plugins-good"),
    RTPH263DEPAY("rtph263depay", "gstreamer1.0-plugins-good"),
    RTPH263PDEPAY("rtph263pdepay", "gstreamer1.0-plugins-good"),
    H263DEC("avdec_h263", "gstreamer1.0-libav"),
    H265DEC("avdec_h265", "gstreamer1.0-libav"),
    LIBDE265DEC("libde265dec", "gstreamer1.0-plugins-bad"),
    OPENH264DEC("openh264dec", "gstreamer1.0-plugins-bad"),
    OPENH264ENC("openh264enc", "gstreamer1.0-plugins-bad"),
    AVVP8DEC("avdec_vp8", "gstreamer1.0-libav"),
    RTPMP4ADEPAY("rtpmp4adepay", "gstreamer1.0-plugins-good"),
    RTPMP4GDEPAY("rtpmp4gdepay", "gstreamer1.0-plugins-good"),
    AACDEC("avdec_aac", "gstreamer1.0-libav"),
    FAAD("faad", "gstreamer1.0-plugins-bad"),
    FDKAACDEC("fdkaacdec", "gstreamer1.0-fdkaac"),
    RTPSIRENDEPAY("rtpsirendepay", "gstreamer1.0-plugins-good"),
    SIRENDEC("sirendec", "gstreamer1.0-plugins-bad"),
    /** On hardware, where there is some: to be proven by a test frame before it is used. */
    VAH264DEC("vah264dec", "gstreamer1.0-plugins-bad"),
    NVH264DEC("nvh264dec", "gstreamer1.0-plugins-bad"),
    V4L2H264DEC("v4l2h264dec", "gstreamer1.0-plugins-good"),
    VAH265DEC("vah265dec", "gstreamer1.0-plugins-bad"),
    NVH265DEC("nvh265dec", "gstreamer1.0-plugins-bad"),
    V4L2H265DEC("v4l2h265dec", "gstreamer1.0-plugins-good"),
    VAVP8DEC("vavp8dec", "gstreamer1.0-plugins-bad"),
    V4L2VP8DEC("v4l2vp8dec", "gstreamer1.0-plugins-good"),
    VAH264ENC("vah264enc", "gstreamer1.0-plugins-bad"),
    NVH264ENC("nvh264enc", "gstreamer1.0-plugins-bad"),
    V4L2H264ENC("v4l2h264enc", "gstreamer1.0-plugins-good");

    private final String elementName;
    private final String debianPackage;

    GstElement(String elementName, String debianPackage) {
        this.elementName = elementName;
        this.debianPackage = debianPackage;
    }

    /** Whether every call needs it; decoders are for tests, the demo and keys that are heard in sound. */
    public boolean neededForCalls() {
        return compareTo(H264DEC) < 0;
    }

    /** Whether it works on hardware only. */
    public boolean hardware() {
        return compareTo(VAH264DEC) >= 0;
    }

    /** As {@code gst-inspect-1.0} knows it. */
    public String elementName() {
        return elementName;
    }

    /** What {@code apt-get install} needs. */
    public String debianPackage() {
        return debianPackage;
    }
}
