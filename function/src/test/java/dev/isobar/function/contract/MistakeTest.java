package dev.isobar.function.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MistakeTest {
  @Test
  void isOneSentence() {
    assertThat(new Mistake("spec.version", "is missing", "set it to 1.35").sentence())
        .isEqualTo("spec.version: is missing; set it to 1.35");
  }
}
