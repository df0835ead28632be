package org.sipmgw.devices;

/**
 * One thing the machine needs, looked at.
 *
 * @param name what was looked at
 * @param ok whether it is as it should be
 * @param detail what was seen
 * @param remedy what to do when it is not ok, naming the Debian package where there is one; also beside ok, when something
 *     is absent that nobody needs who does not want it; else empty
 */
public record DeviceCheck(String name, boolean ok, String detail, String remedy) {

    static DeviceCheck good(String name, String detail) {
        return new DeviceCheck(name, true, detail, "");
    }

    static DeviceCheck absent(String name, String detail, String remedy) {
        return new DeviceCheck(name, true, detail, remedy);
    }

    static DeviceCheck bad(String name, String detail, String remedy) {
        return new DeviceCheck(name, false, detail, remedy);
    }
}
