package dev.isobar.provider.clusterapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QuantityTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, none is offered",
    "8, 8, as most are written",
    "+8, 8, a sign is let through",
    "1500, 1500, no whole thousands",
    "1k, 1000, a kubelet writes 1000 so",
    "4k, 4000, and 4000",
    "1.5k, 1500, people may",
    "2M, 2000000, a million is not mebi",
    "3G, 3000000000, more than an int",
    "1T, 1000000000000, a million millions",
    "1P, 1000000000000000, as far as it goes",
    "1E, 1000000000000000000, no exponent",
    "1E3, 1000, an exponent",
    "15e2, 1500, a small one",
    "2Ki, 2048, powers of two",
    "1Mi, 1048576, powers of two",
    "1Gi, 1073741824, powers of two",
    "1Ti, 1099511627776, powers of two",
    "1Pi, 1125899906842624, powers of two",
    "1Ei, 1152921504606846976, powers of two",
    "8000m, 8, thousandths that are whole",
    "8000000u, 8, millionths",
    "8000000000n, 8, thousand-millionths",
    "1500m, '', half a device is none",
    "10E, '', more than a long holds",
    "1e999, '', and far more",
    "1K, '', Kubernetes has no such suffix",
    "1kk, '', one suffix at most",
    "k, '', a suffix of nothing",
    "two, '', no number",
    "'', '', nothing"
  })
  void isReadAsKubernetesWritesIt(String text, String whole, String why) {
    assertThat(Quantity.whole(text))
        .as(why)
        .isEqualTo(Optional.of(whole).filter(one -> !one.isEmpty()).map(Long::valueOf));
  }
}
