package dev.isobar.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Reads sources, because a package without its own file leaves no trace in the class files. */
final class PackagesTest {
  private static final Pattern EXPLAINED = Pattern.compile("\\A/\\*\\*.{20,}?\\*/", Pattern.DOTALL);

  private final Checkout checkout = Checkout.here();

  @Test
  void everyPackageIsExplainedAndNullMarked() {
    List<Path> packages = mainPackages();
    assertThat(packages).as("packages of main code").hasSizeGreaterThan(5);
    for (Path folder : packages) {
      Path file = folder.resolve("package-info.java");
      assertThat(Files.exists(checkout.root().resolve(file))).as("%s exists", file).isTrue();
      assertThat(checkout.read(file))
          .as(
              "%s: starts with a sentence on what happens there, then @CheckReturnValue"
                  + " @NullMarked",
              file)
          .containsPattern(EXPLAINED)
          .contains("@NullMarked", "@CheckReturnValue");
    }
  }

  private List<Path> mainPackages() {
    return checkout.files(".java").stream()
        .filter(source -> source.toString().contains("src/main/java/"))
        .map(Path::getParent)
        .distinct()
        .toList();
  }
}
