package dev.isobar.e2e.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.packaging.release.MadePackage;
import dev.isobar.packaging.xpkg.Organisation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same sources give the same bytes. */
final class ReproducibleTest {
  @Test
  void packagesMadeTwiceAreTheSame(@TempDir Path folder) throws IOException {
    Organisation home = Organisation.of("example.org/acme");
    Built one = Built.into(folder.resolve("one"), home);
    Built other = Built.into(folder.resolve("other"), home);

    assertThat(one.packages()).hasSize(4);
    for (int i = 0; i < one.packages().size(); i++) {
      MadePackage first = one.packages().get(i);
      MadePackage second = other.packages().get(i);
      assertThat(second.digest()).as("digest of %s", first.kind()).isEqualTo(first.digest());
      assertThat(Files.mismatch(first.file(), second.file()))
          .as("first byte of %s that is another one", first.file().getFileName())
          .isEqualTo(-1);
    }
  }
}
