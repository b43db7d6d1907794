package dev.isobar.cli.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.cli.Folder;
import java.nio.file.Path;
import java.util.List;
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
}
