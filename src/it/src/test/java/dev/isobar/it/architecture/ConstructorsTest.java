package dev.isobar.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** What makes the kinds' records knows all of them as they are. */
final class ConstructorsTest {
  private final Checkout checkout = Checkout.here();

  @Test
  void areThoseOfTheRecords() throws IOException {
    if (Boolean.getBoolean("isobar.regenerate")) {
      Files.writeString(checkout.root().resolve(ConstructorsText.FILE), ConstructorsText.write());
      return;
    }
    assertThat(checkout.read(ConstructorsText.FILE))
        .as("%s; how to make it anew is said at its top", ConstructorsText.FILE)
        .isEqualTo(ConstructorsText.write());
  }
}
