package dev.isobar.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportFileTest {
  @TempDir Path temporary;

  @Test
  void aFileThatCannotBeReplacedIsAsItWas() throws IOException {
    Path inTheWay = temporary.resolve("report.html");
    ReportFile file = ReportFile.to(inTheWay);
    Files.createDirectories(inTheWay.resolve("full"));

    assertThatThrownBy(() -> file.write("text")).isInstanceOf(IOException.class);

    assertThat(inTheWay.resolve("full")).exists();
    try (Stream<Path> files = Files.list(temporary)) {
      assertThat(files).as("no half of it beside it").containsExactly(inTheWay);
    }
  }

  @Test
  void devicesAreLeftAlone() {
    assertThatThrownBy(() -> ReportFile.to(Path.of("/dev/null")))
        .hasMessage("that is no ordinary file");
  }

  @Test
  void aClaimGivenByMistakeIsNotOverwritten() throws IOException {
    Path claim = Files.writeString(temporary.resolve("claim.yaml"), "kind: PlatformCluster\n");
    assertThatThrownBy(() -> ReportFile.to(claim))
        .hasMessage("that is no page, and would be lost; give another file, or delete it");
    assertThat(claim).hasContent("kind: PlatformCluster");
  }

  @Test
  void aPageOfBeforeAndAnEmptyFileAreReplaced() throws IOException {
    for (String before : new String[] {"", "<!doctype html>\n<title>old</title>"}) {
      Path page = Files.writeString(temporary.resolve("page.html"), before);
      ReportFile.to(page).write("<!doctype html>new");
      assertThat(page).hasContent("<!doctype html>new");
    }
  }

  @Test
  void aLinkStaysOne() throws IOException {
    Path file = Files.writeString(temporary.resolve("file.html"), "<!DOCTYPE html>old");
    Path link = Files.createSymbolicLink(temporary.resolve("link.html"), file);
    ReportFile.to(link).write("new");
    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent("new");
  }

  @Test
  void othersMayReadIt() throws IOException {
    Path path = temporary.resolve("report.html");
    ReportFile.to(path).write("text");
    assertThat(Files.getPosixFilePermissions(path))
        .isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(Files.readString(path)).isEqualTo("text");
  }
}
