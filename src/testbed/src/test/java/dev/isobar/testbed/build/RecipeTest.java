package dev.isobar.testbed.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RecipeTest {
  @TempDir Path folder;

  @BeforeEach
  void writeModule() throws IOException {
    write("go.mod", "require go.etcd.io/etcd/server/v3 v3.6.5\n");
    write("go.sum", "");
    write("main.go", "package main");
  }

  @ParameterizedTest(name = "{3}")
  @CsvSource({
    "go.mod, require go.etcd.io/etcd/server/v3 v3.6.6, true, another version",
    "go.sum, other, true, another content of a library",
    "main.go, package other, true, another program of ours",
    "more.go, package main, true, more of it",
    "README.md, words, false, nothing that Go reads",
  })
  void isBuiltAnewWhenSomethingChanges(String file, String text, boolean anew, String reason)
      throws IOException {
    Recipe recipe = new Recipe(Part.ETCD, folder, List.of(Program.ETCD));
    String before = recipe.key();
    write(file, text);
    assertThat(!recipe.key().equals(before)).as(reason).isEqualTo(anew);
  }

  @Test
  void sourcesComeInOneOrder() throws IOException {
    write("a.go", "package main");
    assertThat(new Recipe(Part.ETCD, folder, List.of(Program.ETCD)).files())
        .containsExactly(
            folder.resolve("go.mod"),
            folder.resolve("go.sum"),
            folder.resolve("a.go"),
            folder.resolve("main.go"));
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }
}
