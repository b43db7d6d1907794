package dev.isobar.testbed.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UserCacheTest {
  @ParameterizedTest(name = "{4}")
  @CsvSource({
    "/a, /b, /home/ada, /a, ours wins over the system's",
    "'', /b, /home/ada, /b/isobar, an empty variable is none",
    "'', '', /home/ada, /home/ada/.cache/isobar, the custom of the system",
  })
  void isWhereTheUserSays(String ours, String system, Path home, Path expected, String reason) {
    assertThat(UserCache.folder(Map.of("ISOBAR_CACHE", ours, "XDG_CACHE_HOME", system), home))
        .as(reason)
        .isEqualTo(expected);
  }
}
