package dev.isobar.packaging.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.packaging.runtime.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real Git. */
final class SourcesTest {
  @TempDir Path folder;

  private final List<String> told = new ArrayList<>();

  @Test
  void archivesHaveNoCommit() {
    assertThat(sources()).isEqualTo(new Sources(Optional.empty(), false));
    assertThat(told).isEmpty();
  }

  @Test
  void knowsWhetherFilesAreThoseOfTheCommit() throws IOException {
    git("init", "--quiet");
    git("commit", "--quiet", "--allow-empty", "--no-gpg-sign", "--message=begin");
    String commit = git("rev-parse", "HEAD");
    assertThat(sources()).isEqualTo(new Sources(Optional.of(commit), false));

    Path made = Files.createDirectories(folder.resolve("dist/v1"));
    Files.writeString(made.resolve("made"), "by the run before");
    assertThat(sources()).isEqualTo(new Sources(Optional.of(commit), false));

    Files.writeString(folder.resolve("new"), "not in the commit");
    assertThat(sources()).isEqualTo(new Sources(Optional.of(commit), true));
  }

  @Test
  void tellsThatGitDoesNotKnow() throws IOException {
    git("init", "--quiet");
    assertThat(sources()).isEqualTo(new Sources(Optional.empty(), false));
    assertThat(told).hasSize(1).first().asString().contains("will name no commit: git ends with");
  }

  private Sources sources() {
    return Sources.of(folder, folder.resolve("dist/v1"), told::add);
  }

  private String git(String... words) {
    var command = new ArrayList<>(List.of("git", "-c", "user.name=A", "-c", "user.email=a@b"));
    command.addAll(List.of(words));
    return Tool.run(folder, command);
  }
}
