package dev.isobar.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ReadmeMapTest {
  private final Checkout checkout = Checkout.here();
  private final List<Path> files = checkout.files();

  @Test
  void everyPlaceOnTheMapExists() {
    assertThat(map().paths())
        .as("places on the README's map")
        .isNotEmpty()
        .allSatisfy(path ->
            assertThat(Files.exists(checkout.root().resolve(path))).as("%s exists", path).isTrue());
  }

  @Test
  void everyLandmarkIsOnTheMap() {
    Set<Path> missing = ReadmeMap.landmarks(files);
    missing.removeAll(map().paths());
    assertThat(missing)
        .as("top-level entries, modules and rooms that the README's map (## Map) does not name")
        .isEmpty();
  }

  @Test
  void noPlaceIsOnTheMapTwice() {
    assertThat(map().paths()).doesNotHaveDuplicates();
  }

  private ReadmeMap map() {
    return ReadmeMap.parse(checkout.read(Path.of("README.md")), ReadmeMap.folders(files))
        .orElseThrow(
            () -> new AssertionError("README.md has no fenced block under a heading \"## Map\""));
  }
}
