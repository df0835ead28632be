package org.sipmgw.media.gst;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.sipmgw.spi.DeviceException;

/**
 * A test frame for an element that may be there and not work: hardware whose driver is missing, too old or busy. The
 * picture is white on its left half and black on its right one.
 */
public enum FrameProof {
    /** For decoders. */
    H264("proof.h264", "video/x-h264,stream-format=byte-stream,alignment=au,framerate=30/1", "h264parse ! "),
    H265("proof.h265", "video/x-h265,stream-format=byte-stream,alignment=au,framerate=30/1", "h265parse ! "),
    VP8("proof.vp8", "video/x-vp8,width=320,height=240,framerate=30/1", ""),
    /** For encoders: the picture itself. */
    PICTURE("", "video/x-raw,format=I420,width=320,height=240,framerate=30/1", "videoconvert ! ");

    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;
    private static final int LUMA = WIDTH * HEIGHT;
    private static final int LEAST_ENCODED = 20;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(2);

    private final String resource;
    private final String caps;
    private final String before;

    FrameProof(String resource, String caps, String before) {
        this.resource = resource;
        this.caps = caps;
        this.before = before;
    }

    /** Whether the element makes of the test frame what it should, within 2 s. */
    boolean holds(GstRuntime runtime, GstElement element) {
        boolean decodes = this != PICTURE;
        String description = "appsrc name=in format=time caps=\"" + caps + "\" ! " + before + element.elementName()
                + (decodes ? " ! videoconvert ! video/x-raw,format=I420" : "")
                + " ! appsink name=out sync=false enable-last-sample=false";
        CopyArea area = new CopyArea(LUMA * 2);
        try (MediaPipeline pipeline =
                runtime.pipeline(description, List.of(element), new AtomicInteger(), fault -> {})) {
            FrameInput input = pipeline.input("in");
            SampleView output = pipeline.view("out");
            pipeline.start();
            byte[] frame = frame();
            input.push(frame, 0, frame.length, 0, area);
            input.end();
            boolean right = output.pull(PATIENCE_NS) && (decodes ? halves(output) : encoded(output));
            output.release();
            pipeline.stop();
            return right;
        } catch (DeviceException e) {
            return false;
        } finally {
            area.free();
        }
    }

    private static boolean encoded(SampleView output) {
        return output.data().limit() >= LEAST_ENCODED;
    }

    private static boolean halves(SampleView output) {
        ByteBuffer picture = output.data();
        int middle = HEIGHT / 2 * WIDTH;
        return output.width() == WIDTH
                && output.height() == HEIGHT
                && picture.limit() >= LUMA * 3 / 2
                && (picture.get(middle + WIDTH / 4) & 0xff) > 200
                && (picture.get(middle + WIDTH * 3 / 4) & 0xff) < 50;
    }

    private byte[] frame() {
        return this == PICTURE ? picture() : read(resource);
    }

    private static byte[] picture() {
        byte[] picture = new byte[LUMA * 3 / 2];
        for (int i = 0; i < picture.length; i++) {
            boolean luma = i < LUMA;
            picture[i] = (byte) (luma ? i % WIDTH < WIDTH / 2 ? 235 : 16 : 128);
        }
        return picture;
    }

    private static byte[] read(String name) {
        try (InputStream in = Optional.ofNullable(FrameProof.class.getResourceAsStream(name))
                .orElseThrow(() -> new IllegalStateException("no resource " + name))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
