package dev.isobar.function.compose.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class KnownFlagsTest {
  @Test
  void theFlagsOfEveryVersionWereRead() {
    assertThat(KnownFlags.READ)
        .as("read the flags of the newest version before it is composed")
        .isEqualTo(VersionPlanner.NEWEST);
  }

  @Test
  void namesAreInOrder() {
    assertThat(KnownFlags.names()).containsExactlyElementsOf(new TreeSet<>(KnownFlags.names()));
  }

  /** What others here say of a flag counts only if there is such a one. */
  @Test
  void oursAreKnown() {
    assertThat(KnownFlags.names())
        .contains("audit-log-path", "enable-admission-plugins", "oidc-issuer-url", "v", "help");
  }
}
