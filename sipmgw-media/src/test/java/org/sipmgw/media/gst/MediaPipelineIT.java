package org.sipmgw.media.gst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipmgw.spi.DeviceException;

@Tag("fault")
class MediaPipelineIT {

    private final AtomicInteger live = new AtomicInteger();
    private final List<String> faults = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void elementThatFailsOnTheNthBufferIsReportedOnce(int n) throws Exception {
        try (MediaPipeline pipeline = pipeline("videotestsrc is-live=true ! identity name=weak error-after=" + n
                + " ! x264enc tune=zerolatency ! rtph264pay ! appsink name=out sync=false async=false")) {
            PacketOutput output = pipeline.output("out");
            pipeline.start();
            byte[] packet = new byte[2048];
            for (int i = 0; i < 100 && faults.isEmpty(); i++) {
                output.pull(packet, 20_000_000);
            }
            Thread.sleep(100);
            assertThat(faults).hasSize(1).first().asString().contains("weak");
        }
        assertThat(live).hasValue(0);
    }

    @Test
    void closedPipelineRefusesUseAndClosesTwice() {
        MediaPipeline pipeline = pipeline("fakesrc name=source ! fakesink");
        pipeline.set("source", "num-buffers", 1);
        assertThat(live.get()).isPositive();
        pipeline.close();
        pipeline.close();
        assertThat(live).hasValue(0);
        assertThatThrownBy(() -> pipeline.set("source", "num-buffers", 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(pipeline::start).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void elementThatRefusesToStartIsNamed() {
        try (MediaPipeline pipeline = pipeline("filesrc name=film location=/nonexistent ! fakesink")) {
            assertThatThrownBy(pipeline::start)
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining("film");
            assertThat(faults).isEmpty();
        }
    }

    @Test
    void descriptionThatCannotBeLinkedIsADeviceException() {
        assertThatThrownBy(() -> pipeline("videotestsrc ! opusenc ! fakesink")).isInstanceOf(DeviceException.class);
        assertThat(live).hasValue(0);
    }

    private MediaPipeline pipeline(String description) {
        return GstRuntime.load().pipeline(description, List.of(), live, faults::add);
    }
}
