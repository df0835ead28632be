package org.sipmgw.spi;

import java.util.Optional;

/**
 * Devices of the kernel that one page takes for its camera and microphone, instead of the {@link PagePeer} that it has
 * else. Closing ends both.
 */
public record PageDevices(CameraPort camera, MicrophonePort microphone) implements AutoCloseable {

    @Override
    public void close() {
        try (camera) {
            microphone.close();
        }
    }

    /** Gives out devices. Thread-safe. */
    @FunctionalInterface
    public interface Provider {
        /**
         * Takes devices that nobody has.
         *
         * @param width of the camera's picture, pixels
         * @param height of the camera's picture, pixels
         * @return empty: the page is to have a {@link PagePeer}
         * @throws DeviceException when there are none, saying what keeps each
         */
        Optional<PageDevices> open(int width, int height);
    }
}
