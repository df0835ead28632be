package org.sipmgw.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipmgw.devices.v4l2.VideoNode;

class KernelDeviceChecksTest {
    @TempDir
    private Path modules;

    private KernelDeviceChecks checks(boolean container, boolean secureBoot) {
        return new KernelDeviceChecks(new KernelSurroundings("anna", container, secureBoot, modules));
    }

    private static VideoNode camera(boolean permitted) {
        return new VideoNode(Path.of("/dev/video7"), "Room-1", true, permitted, "v4l2 loopback", true, true);
    }

    @Test
    void withoutTheModuleItNamesPackageAndOptions() {
        DeviceCheck check = checks(false, false).cameras(List.of());
        assertThat(check.ok()).as("bridged calls need none").isTrue();
        assertThat(check.remedy())
                .isEqualTo("apt-get install v4l2loopback-dkms linux-headers-$(uname -r)"
                        + " && modprobe v4l2loopback devices=2 exclusive_caps=1,1 card_label=Room-1,Room-2");
    }

    @Test
    void anInstalledModuleIsOnlyToBeLoaded() throws IOException {
        Files.writeString(modules.resolve("modules.dep"), "updates/dkms/v4l2loopback.ko: kernel/videodev.ko\n");
        assertThat(checks(false, false).cameras(List.of()).remedy()).startsWith("modprobe v4l2loopback ");
    }

    @Test
    void secureBootWantsTheModuleSigned() {
        assertThat(checks(false, true).cameras(List.of()).remedy()).contains("mokutil --import");
        assertThat(checks(false, true).cards(List.of()).remedy()).isEqualTo("modprobe snd-aloop enable=1,1 index=0,1");
    }

    @Test
    void aContainerGetsDevicesFromItsHost() {
        assertThat(checks(true, false).cameras(List.of()).remedy()).contains("host", "--device /dev/video0");
        assertThat(checks(true, false).cards(List.of()).remedy()).contains("host", "--device /dev/snd");
    }

    @Test
    void withoutPermissionItNamesTheGroup() {
        DeviceCheck check = checks(false, false).cameras(List.of(camera(false)));
        assertThat(check.detail()).isEqualTo("anna may not open /dev/video7");
        assertThat(check.remedy()).isEqualTo("usermod -aG video anna, then log in again");
        assertThat(checks(true, false).cameras(List.of(camera(false))).remedy())
                .contains("--device /dev/video7", "--group-add video");
    }

    @Test
    void whenReadyItTellsNamesAndHolders() {
        DeviceCheck check = checks(false, false).cameras(List.of(camera(true)));
        assertThat(check.detail()).isEqualTo("Room-1 (/dev/video7) free");
        assertThat(check.remedy()).isEmpty();
    }
}
