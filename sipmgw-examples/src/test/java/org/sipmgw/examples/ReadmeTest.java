package org.sipmgw.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void theProgramInTheReadmeIsTheOneThatIsCompiled() throws IOException {
        String source = Files.readString(ROOT.resolve("sipmgw-examples/src/main/java/org/sipmgw/examples/Readme.java"));
        String program = source.substring(
                        source.indexOf("// README: begin\n") + "// README: begin\n".length(),
                        source.indexOf("// README: end"))
                .strip();
        assertThat(Files.readString(ROOT.resolve("README.md"))).contains("```java\n" + program + "\n```");
    }

    @Test
    void everyLinkInTheReadmeLeadsSomewhere() throws IOException {
        var links = java.util.regex.Pattern.compile("\\]\\(([^)#h][^)#]*)\\)")
                .matcher(Files.readString(ROOT.resolve("README.md")));
        while (links.find()) {
            assertThat(ROOT.resolve(links.group(1))).exists();
        }
    }
}
