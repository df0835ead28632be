package org.sipmgw.examples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sipmgw.devices.DeviceCheck;
import org.sipmgw.devices.DeviceChecks;
import org.sipmgw.devices.KernelDeviceChecks;
import org.sipmgw.process.Orphans;

/**
 * One thing that the doctor looked at.
 *
 * @param name what
 * @param ok whether it is as it should be
 * @param detail what was seen
 * @param remedy what to do; beside ok only where something is absent that not everybody needs
 */
record Finding(String name, boolean ok, String detail, String remedy) {

    private static final long PROGRAM_SECONDS = 10;
    private static final Pattern MAJOR = Pattern.compile("(\\d+)\\.");

    /** @param devices whether pictures go through the kernel's cameras for it */
    static List<Finding> all(boolean devices) {
        List<Finding> findings = new ArrayList<>();
        findings.add(new Finding("Java", true, Runtime.version() + ", " + System.getProperty("os.arch"), ""));
        List<DeviceCheck> checks = new ArrayList<>(DeviceChecks.run());
        checks.addAll(KernelDeviceChecks.run());
        if (devices) {
            checks.addAll(KernelDeviceChecks.tryOut());
        }
        checks.forEach(c -> findings.add(new Finding(c.name(), c.ok(), c.detail(), c.remedy())));
        findings.addAll(browser());
        findings.add(leftOvers());
        return findings;
    }

    private static Finding needed(String name, boolean ok, String detail, String remedy) {
        return new Finding(name, ok, detail, ok ? "" : remedy);
    }

    private static List<Finding> browser() {
        String install = "apt-get install chromium chromium-driver";
        String chromium = version("chromium", "--version");
        String driver = version("chromedriver", "--version");
        boolean same = !chromium.isEmpty() && major(chromium).equals(major(driver));
        return List.of(
                needed("Chromium", !chromium.isEmpty(), chromium.isEmpty() ? "not found" : chromium, install),
                needed(
                        "chromedriver",
                        same,
                        driver.isEmpty() ? "not found" : driver,
                        driver.isEmpty() ? install : "install the driver of the browser's version: " + install));
    }

    private static Finding leftOvers() {
        Orphans.Found found = Orphans.count();
        boolean ok = found.owners() == 0 && found.processes() == 0 && found.files() == 0;
        String detail = String.format(
                Locale.ROOT,
                "%d gateways that were killed, %d processes, %d files",
                found.owners(),
                found.processes(),
                found.files());
        return needed("left behind", ok, detail, "the next 'sipmgw run' ends and removes it");
    }

    private static String major(String version) {
        Matcher matcher = MAJOR.matcher(version);
        return matcher.find() ? matcher.group(1) : "";
    }

    /** The first line a program prints; empty where it cannot be run. */
    private static String version(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PROGRAM_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return text.strip().split("\n")[0];
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
