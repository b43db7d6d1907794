package dev.isobar.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LatenciesTest {
  @Test
  void tellsWithinWhichTimeAnswersCame() {
    var latencies = new Latencies();
    for (int millis = 2000; millis > 0; millis--) {
      latencies.add(millis * 1_000_000L);
    }
    assertThat(latencies.count()).isEqualTo(2000);
    assertThat(latencies.quantile(0.5)).isEqualTo(1000);
    assertThat(latencies.quantile(0.99)).isEqualTo(1980);
    assertThat(latencies.quantile(1)).isEqualTo(2000);
  }

  @Test
  void knowsNothingOfNone() {
    assertThat(new Latencies().quantile(0.5)).isNaN();
  }
}
