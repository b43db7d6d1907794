package dev.isobar.e2e.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.testbed.plane.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A text that was read and found right once, beside the suite that tells it.
 *
 * @param file where it is
 */
public record Golden(Path file) {
  private static final String REGENERATE = "isobar.regenerate";

  /** The one of a suite. */
  public static Golden of(Class<?> suite, String name) {
    return new Golden(
        Project.here()
            .root()
            .resolve("src/e2e/src/test/resources")
            .resolve(suite.getPackageName().replace('.', '/'))
            .resolve(name));
  }

  /** Fails with the difference unless the text is as it was; with -Disobar.regenerate writes it. */
  public void compare(String text) {
    try {
      if (Boolean.getBoolean(REGENERATE)) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
      }
      assertThat(text)
          .as("%s (made anew with -D%s=true)", file.getFileName(), REGENERATE)
          .isEqualTo(Files.readString(file));
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot compare with " + file, failed);
    }
  }
}
