package dev.isobar.cli.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.isobar.cli.Folder;
import dev.isobar.cli.yaml.InputRejected;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InputFilesTest {
  @TempDir Path temporary;

  @Test
  void readsFoldersByNameAndSkipsOutput() {
    Folder folder = new Folder(temporary.resolve("observed/story"));
    for (String name :
        List.of(
            "b.yml",
            "a.yaml",
            "c.json",
            "README.md",
            "expected.yaml",
            "expected-later.yaml",
            "golden.json",
            "expected/x.yaml",
            "sub/golden/x.yaml",
            "sub/z.yaml",
            ".hidden/x.yaml",
            ".x.yaml",
            "kustomization.yaml",
            "observed/cluster.yaml",
            "sub/observed/deep/x.yaml",
            "expectedly.yaml")) {
      folder.file(name, "a: 1");
    }
    assertThat(InputFiles.find(List.of(folder.path()), List.of()))
        .extracting(
            file -> folder.path().relativize(file.path()) + (file.observed() ? " observed" : ""))
        .containsExactly(
            "a.yaml",
            "b.yml",
            "c.json",
            "expectedly.yaml",
            "observed/cluster.yaml observed",
            "sub/observed/deep/x.yaml observed",
            "sub/z.yaml");
  }

  @Test
  void readsAPipeThatIsNamed() throws IOException, InterruptedException {
    Path pipe = temporary.resolve("pipe");
    String claim =
        "{apiVersion: platform.isobar.dev/v1alpha1, kind: PlatformCluster, metadata: {name: a},"
            + " spec: {}}";
    assumeTrue(
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "no pipes here");
    Thread.ofVirtual()
        .start(() -> {
          try {
            Files.writeString(pipe, claim);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    List<InputFile> files = InputFiles.find(List.of(pipe), List.of());
    assertThat(InputReading.read(files, Optional.empty(), Flavour.CLAIMS).composites()).hasSize(1);
  }

  @Test
  void readsWhatIsNamedWhateverItsName() {
    Folder folder = new Folder(temporary).file("expected.yaml", "a: 1").file("notes.txt", "a: 1");
    assertThat(
            InputFiles.find(
                List.of(temporary.resolve("expected.yaml"), temporary.resolve("notes.txt")),
                List.of()))
        .as(folder.toString())
        .hasSize(2);
  }

  @Test
  void takesANamedObservedFolderForOne() {
    Folder folder = new Folder(temporary).file("observed/a.yaml", "a: 1");
    for (Path path :
        List.of(folder.path().resolve("observed"), folder.path().resolve("observed/a.yaml"))) {
      assertThat(InputFiles.find(List.of(path), List.of()))
          .extracting(InputFile::observed)
          .containsExactly(true);
    }
  }

  @Test
  void readsAFileOnceAndAsObservedWhenToldSo() {
    Folder folder = new Folder(temporary).file("state/a.yaml", "a: 1").file("b.yaml", "a: 1");
    assertThat(
            InputFiles.find(
                List.of(folder.path(), folder.path().resolve("b.yaml")),
                List.of(folder.path().resolve("state"))))
        .extracting(file -> folder.path().relativize(file.path()) + " " + file.observed())
        .containsExactly("state/a.yaml true", "b.yaml false");
  }

  @Test
  void namesLinksThatLeadNowhere() throws IOException {
    Folder folder = new Folder(temporary).file("sub/a.yaml", "a: 1");
    Path loop = Files.createSymbolicLink(temporary.resolve("sub/loop"), temporary);
    assertThat(problem(folder))
        .isEqualTo(
            loop + ": is a link to a folder that it lies in; remove it, or name the files to read");
    Files.delete(loop);
    Path dangling =
        Files.createSymbolicLink(temporary.resolve("b.yaml"), temporary.resolve("none"));
    assertThat(problem(folder))
        .isEqualTo(dangling + ": is a link to nothing; correct or remove it");
  }

  @Test
  void namesWhatIsNoFile() throws Exception {
    Folder folder = new Folder(temporary).file("a.yaml", "a: 1");
    Path pipe = temporary.resolve("pipe.yaml");
    assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "no mkfifo");
    assertThat(problem(folder))
        .isEqualTo(pipe + ": is no regular file; remove it, or name the files to read");
  }

  private static String problem(Folder folder) {
    return catchThrowableOfType(
            InputRejected.class, () -> InputFiles.find(List.of(folder.path()), List.of()))
        .getMessage();
  }
}
