package dev.isobar.provider.external;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CreationTokenTest {
  /** Computed by other means: base32(sha256("3f2504e0-4f89-41d3-9a0c-0305e82c3301/1")). */
  @Test
  void neverChanges() {
    assertThat(CreationToken.of("3f2504e0-4f89-41d3-9a0c-0305e82c3301", 1).text())
        .isEqualTo("dze5yzefd656vapmsb26x6xpv6xpdrek3tzsjrthpbsqhglwxq5a");
  }

  @Test
  void differsByInstanceAndByCreation() {
    assertThat(CreationToken.of("a", 1)).isEqualTo(CreationToken.of("a", 1));
    assertThat(CreationToken.of("a", 1))
        .isNotEqualTo(CreationToken.of("a", 2))
        .isNotEqualTo(CreationToken.of("b", 1));
    assertThat(CreationToken.of("a", 1).text()).hasSize(52).matches("[a-z2-7]+");
  }

  @ParameterizedTest(name = "creation {0} where {1} are known of: {2}")
  @CsvSource({
    "1, 1, true, the last one",
    "1, 3, true, an earlier one",
    "2, 0, true, the annotations were taken away",
    "4999, 5000, true, one of many",
    "1, 999999999999999999, true, a number that somebody scribbled costs no more",
    "5001, 5000, false, one that was not begun",
  })
  void isKnownAsThatOfAnInstance(long creation, long begun, boolean known, String why) {
    assertThat(CreationToken.of("a", creation).isOf("a", begun)).as(why).isEqualTo(known);
    assertThat(CreationToken.of("b", creation).isOf("a", begun)).as("another's").isFalse();
  }

  /** What the console, fleets and other tools launch with, and what only looks like one of ours. */
  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "",
        "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
        "terraform-20261125100000000000000001",
        "fleet-3f2504e0-4f89-41d3-9a0c-0305e82c3301-0-us-east",
        "dze5yzefd656vapmsb26x6xpv6xpdrek3tzsjrthpbsqhglwxq5b",
      })
  void whatOthersLaunchWithIsNoInstances(String text) {
    assertThat(new CreationToken(text).isOf("3f2504e0-4f89-41d3-9a0c-0305e82c3301", 3)).isFalse();
  }

  @Test
  void secretsDoNotShow() {
    SecretBytes secret = new SecretBytes("hunter22".getBytes(StandardCharsets.UTF_8));
    assertThat(secret).hasToString("(8 secret bytes)");
  }
}
