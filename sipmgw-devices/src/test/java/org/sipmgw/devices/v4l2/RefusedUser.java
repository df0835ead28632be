package org.sipmgw.devices.v4l2;

import org.sipmgw.spi.DeviceException;

/** Tries to open a camera and prints why it cannot. */
final class RefusedUser {
    private RefusedUser() {}

    public static void main(String[] arguments) {
        try {
            V4l2Sink.builder(CameraLab.format(PixelFormat.YU12)).openFree().close();
            System.out.println("opened");
        } catch (DeviceException e) {
            System.out.println(e.getMessage());
        }
    }
}
