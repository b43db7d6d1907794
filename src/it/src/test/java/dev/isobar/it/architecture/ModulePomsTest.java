package dev.isobar.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ModulePomsTest {
  private static final Pattern PARENT = Pattern.compile("<parent>.*?</parent>", Pattern.DOTALL);

  private final Checkout checkout = Checkout.here();

  @Test
  void onlyTheRootPomChoosesVersions() {
    List<Path> modules =
        checkout.files("pom.xml").stream().filter(pom -> pom.getNameCount() > 1).toList();
    assertThat(modules).as("module POMs").hasSizeGreaterThanOrEqualTo(4);
    for (Path pom : modules) {
      assertThat(PARENT.matcher(checkout.read(pom)).replaceAll(""))
          .as("%s: versions live in the root POM", pom)
          .doesNotContain("<version>");
    }
  }
}
