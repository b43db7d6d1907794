package dev.isobar.provider.openstack.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.apis.tree.Tree;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MicroversionTest {
  @ParameterizedTest
  @CsvSource({
    "2.1, 2.93, 2.93, a Zed",
    "2.1, 2.100, 2.96, newer than what was read and heeded",
    "2.1, 2.67, 2.67, the oldest that does"
  })
  void theNewestThatBothKnow(String oldest, String newest, String chosen, String why) {
    assertThat(choose(oldest, newest).headers())
        .as(why)
        .isEqualTo(
            Map.of(
                "OpenStack-API-Version",
                "compute " + chosen,
                "X-OpenStack-Nova-API-Version",
                chosen));
  }

  @ParameterizedTest
  @CsvSource({"2.1, 2.60, too old", "2.1, '', before there were versions", "2.97, 2.99, too new"})
  void aNovaThatSpeaksOthersIsRefused(String oldest, String newest, String why) {
    assertThatThrownBy(() -> choose(oldest, newest)).as(why).hasMessageContaining("2.67 is needed");
  }

  private static Microversion choose(String oldest, String newest) {
    return Microversion.choose(Tree.of(Map.of("min_version", oldest, "version", newest)));
  }
}
