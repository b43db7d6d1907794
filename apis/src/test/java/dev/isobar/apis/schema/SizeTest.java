package dev.isobar.apis.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hashes are taken of the canonical spelling, so these lines must never change. */
final class SizeTest {
  @ParameterizedTest
  @CsvSource({
    "40Gi, 40Gi",
    "40960Mi, 40Gi",
    "1024Gi, 1Ti",
    "1.5Gi, 1536Mi",
    "50G, 50G",
    "50000M, 50G",
    "1000k, 1M",
    "512Ki, 512Ki",
    "1024Ki, 1Mi",
    "0Gi, 0Gi",
    "0.001k, 0.001k"
  })
  void oneSpellingForEverySize(String text, String canonical) {
    assertThat(new Size(text).canonical()).isEqualTo(new Size(canonical));
  }

  @ParameterizedTest
  @CsvSource({"300Gi, 1Gi, 301Gi", "1Ti, 1Gi, 1025Gi", "1G, 1Gi, 2025139Ki", "0.5k, 0k, 1Ki"})
  void sumsAreWholeKibibytes(String one, String other, String sum) {
    assertThat(new Size(one).plus(new Size(other))).isEqualTo(new Size(sum));
  }
}
