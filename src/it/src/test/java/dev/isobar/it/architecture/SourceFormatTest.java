package dev.isobar.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SourceFormatTest {
  private final Checkout checkout = Checkout.here();

  @Test
  void everySourceIsFormatted() {
    assertThat(checkout.files(".java")).as("the checkout's Java files").hasSizeGreaterThan(20);
    assertThat(SourceFormat.unformatted(checkout))
        .as("Java files that are not formatted; run ./isobar format")
        .isEmpty();
  }
}
