package dev.isobar.packaging.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.packaging.CannotPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which jars of a checkout that was built are shipped. */
final class ClassPathTest {
  @TempDir Path checkout;
  private Path target;
  private Path other;

  @BeforeEach
  void build() throws IOException {
    target = Files.createDirectories(checkout.resolve("function/target"));
    other = Files.writeString(checkout.resolve("x-1.0.jar"), "");
    Files.writeString(target.resolve("classpath.txt"), other + "\n");
  }

  @Test
  void theProgramsOwnIsTheFirst() throws IOException {
    jars("function-isobar-0.2.0.jar function-isobar-0.2.0-tests.jar original.jar");
    assertThat(ClassPath.of(checkout, ShippedProgram.FUNCTION).jars())
        .isEqualTo(List.of(target.resolve("function-isobar-0.2.0.jar"), other));
  }

  @ParameterizedTest
  @CsvSource({
    "original.jar, no jar is in TARGET; run ./isobar build, nothing was built",
    "function-isobar-0.1.0.jar function-isobar-0.1.0-SNAPSHOT.jar,"
        + " function-isobar-0.1.0-SNAPSHOT.jar and function-isobar-0.1.0.jar are in TARGET; delete"
        + " all but that of the version of the sources, either might be the former one"
  })
  void nothingIsGuessed(String names, String problem, String reason) throws IOException {
    jars(names);
    assertThatThrownBy(() -> ClassPath.of(checkout, ShippedProgram.FUNCTION))
        .as(reason)
        .isInstanceOf(CannotPackage.class)
        .hasMessage(problem.replace("TARGET", target.toString()));
  }

  private void jars(String names) throws IOException {
    for (String name : names.split(" ", -1)) {
      Files.writeString(target.resolve(name), "");
    }
  }
}
