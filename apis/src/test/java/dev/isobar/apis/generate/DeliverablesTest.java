package dev.isobar.apis.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files in the checkout are those the records make. */
final class DeliverablesTest {
  /** Tests run in the folder of their module. */
  private static final Path CHECKOUT = Path.of("").toAbsolutePath().getParent();

  static Stream<String> files() {
    return Deliverables.all().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("files")
  void isAsTheRecordsSay(String file) throws IOException {
    Path path = CHECKOUT.resolve(file);
    String text = Deliverables.all().get(file);
    if (Boolean.getBoolean("isobar.regenerate")) {
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
      return;
    }
    assertThat(path).as("%s; how to make it anew is said at its top", file).exists();
    assertThat(path).as("%s differs from the records; make it anew", file).hasContent(text);
  }
}
