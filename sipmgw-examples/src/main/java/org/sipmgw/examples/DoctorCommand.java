package org.sipmgw.examples;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sipmgw doctor}: looks whether this machine can run the gateway. */
@Command(name = "doctor", description = "Looks whether this machine can run the gateway, and what earlier runs left.")
final class DoctorCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--devices",
            description = "Also shows a frame through each free loopback camera and reads it back; mends a stuck one.")
    private boolean devices;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<Finding> findings = Finding.all(devices);
        int width = findings.stream().mapToInt(f -> f.name().length()).max().orElse(0);
        for (Finding finding : findings) {
            out.printf("%-5s %-" + width + "s  %s%n", mark(finding), finding.name(), finding.detail());
            if (!finding.remedy().isEmpty()) {
                out.printf("      %-" + width + "s  -> %s%n", "", finding.remedy());
            }
        }
        long failed = findings.stream().filter(f -> !f.ok()).count();
        out.println(failed == 0 ? "Everything is as it should be." : failed + " of " + findings.size() + " failed.");
        out.flush();
        return failed == 0 ? 0 : 1;
    }

    /** What is absent and not needed is neither. */
    private static String mark(Finding finding) {
        if (!finding.ok()) {
            return "FAIL";
        }
        return finding.remedy().isEmpty() ? "ok" : "-";
    }
}
