package org.sipmgw.examples;

import java.io.PrintWriter;
import org.sipmgw.spi.ConfigException;
import org.sipmgw.spi.DeviceException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;

/** The launcher's commands; the script {@code ./sipmgw} calls it. */
@Command(
        name = "sipmgw",
        description = "Brings SIP room systems into web conferences.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {DemoCommand.class, RunCommand.class, DoctorCommand.class, HelpCommand.class})
public final class Main {

    private static final int FAILED = 1;
    private static final int WRONG = 2;

    private Main() {}

    /** Runs one command and exits with its code: 0 well, 1 failed, 2 asked wrongly. */
    public static void main(String[] arguments) {
        Logs.configure();
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        CommandLine line = new CommandLine(new Main());
        line.setExecutionExceptionHandler((e, command, parsed) -> explain(e, command.getErr()));
        if (arguments.length == 0) {
            line.usage(line.getErr());
            return WRONG;
        }
        return line.execute(arguments);
    }

    private static int explain(Exception e, PrintWriter err) {
        if (e instanceof ConfigException || e instanceof DeviceException) {
            err.println("sipmgw: " + e.getMessage());
        } else {
            err.println("sipmgw: " + e);
            e.printStackTrace(err);
        }
        return e instanceof ConfigException ? WRONG : FAILED;
    }

    /** The version of the jar, or of the sources. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"sipmgw " + (version == null ? System.getProperty("sipmgw.version", "0.1.0") : version)
            };
        }
    }
}
