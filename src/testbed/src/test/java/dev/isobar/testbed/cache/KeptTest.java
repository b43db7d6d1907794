package dev.isobar.testbed.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeptTest {
  @TempDir Path cache;

  private final AtomicInteger made = new AtomicInteger();
  private Kept kept;

  @BeforeEach
  void begins() {
    kept = new Kept(cache);
  }

  @Test
  void isMadeOnceForWhatItIsMadeOf() throws IOException {
    Path first = kept.get("a", this::make);
    Path second = kept.get("a", this::make);
    Path other = kept.get("b", this::make);

    assertThat(List.of(first.equals(second), first.equals(other))).containsExactly(true, false);
    assertThat(Files.readString(first.resolve("data"))).isEqualTo("1");
    assertThat(Files.readString(other.resolve("data"))).isEqualTo("2");
    assertThat(folders()).containsExactlyInAnyOrder(first, other);
  }

  @Test
  void isNotThereWhenItCouldNotBeMade() throws IOException {
    assertThatThrownBy(() ->
            kept.get(
                "a",
                folder -> {
                  write(folder.resolve("whole/data"), "half");
                  throw new IllegalStateException("no etcd");
                }))
        .hasMessage("no etcd");

    Path made = kept.get("a", this::make);
    assertThat(Files.readString(made.resolve("data"))).isEqualTo("1");
    assertThat(folders()).containsExactly(made);
  }

  @Test
  void wordsOfAFolderChangeWithItsFiles() throws IOException {
    Path sources = Files.createDirectories(cache.resolve("sources"));
    write(sources.resolve("a"), "1");
    String before = Kept.words(sources);

    assertThat(Kept.words(sources)).isEqualTo(before);
    write(sources.resolve("a"), "2");
    assertThat(Kept.words(sources)).isNotEqualTo(before);
  }

  /** Beside what is kept there are things that nobody wants again. */
  private Path make(Path folder) {
    write(folder.resolve("log"), "made");
    write(folder.resolve("whole/data"), String.valueOf(made.incrementAndGet()));
    return folder.resolve("whole");
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private List<Path> folders() throws IOException {
    try (Stream<Path> all = Files.list(cache)) {
      return all.filter(Files::isDirectory).toList();
    }
  }
}
