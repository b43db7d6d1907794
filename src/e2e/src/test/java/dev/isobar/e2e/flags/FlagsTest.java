package dev.isobar.e2e.flags;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.e2e.plane.Planes;
import dev.isobar.function.compose.plan.KnownFlags;
import dev.isobar.testbed.build.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The flags that claims may set are those the real kube-apiserver has. */
final class FlagsTest {
  private static final Pattern FLAG =
      Pattern.compile("^ +(?:-[a-z], )?--([a-z][a-z0-9-]*)", Pattern.MULTILINE);

  @Test
  void theRealProgramHasThoseThatAreKnown(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path said = folder.resolve("help.txt");
    Process help =
        new ProcessBuilder(Planes.programs().of(Program.KUBE_APISERVER).toString(), "--help")
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    assertThat(help.waitFor(1, TimeUnit.MINUTES)).as("its help ends within a minute").isTrue();
    String text = Files.readString(said);
    assertThat(help.exitValue()).as(text).isZero();
    var shown =
        FLAG.matcher(text)
            .results()
            .map((MatchResult flag) -> flag.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(KnownFlags.names()).as("all that the help shows").containsAll(shown);
    var others = new TreeSet<>(KnownFlags.names());
    others.removeAll(shown);
    assertThat(others)
        .as("deprecated ones that it hides, those of 1.31 and 1.32, one of 1.36")
        .containsExactly(
            "apiserver-count",
            "audit-webhook-batch-initial-backoff",
            "cloud-config",
            "cloud-provider",
            "default-watch-cache-size",
            "kubelet-port",
            "kubelet-read-only-port",
            "tls-curve-preferences");
  }
}
