package dev.isobar.packaging.xpkg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OrganisationTest {
  @ParameterizedTest
  @CsvSource({
    "ghcr.io/acme, acme-function-isobar, the path's slash becomes a hyphen",
    "127.0.0.1:5000/a/b, a-b-function-isobar, and every one of them",
    "ghcr.io/a_c.me, ac-me-function-isobar, 'dots become hyphens, underscores go'",
  })
  void knowsWhatCoreCallsADependency(String place, String object, String reason) {
    assertThat(Organisation.of(place).object("function-isobar")).as(reason).isEqualTo(object);
  }

  /** What core v2.4.0 says of them. */
  @ParameterizedTest
  @CsvSource({
    "60, '', -fu, 63 characters count",
    "62, '', '', 'a separator that is the last of them goes'",
    "58, b_c, bc-f, those that are left out count too",
    "47, '', -function-isobar, all fit",
    "48, '', -function-isoba, one is too many",
  })
  void cutsNamesAsCoreDoes(int length, String more, String end, String reason) {
    String begin = "a".repeat(length);
    assertThat(Organisation.of("ghcr.io/" + begin + more).object("function-isobar"))
        .as(reason)
        .isEqualTo(begin + end);
  }

  @Test
  void namesRepositories() {
    assertThat(Organisation.of("127.0.0.1:5000/acme").repository("x"))
        .isEqualTo("127.0.0.1:5000/acme/x");
  }

  @ParameterizedTest
  @CsvSource({
    "ghcr.io, write REGISTRY/ORG, the organisation is missing",
    "https://ghcr.io/acme, write REGISTRY/ORG, references have no scheme",
    "ghcr.io/Acme, write REGISTRY/ORG, repositories are in lower case",
    "ghcr.io/acme/, write REGISTRY/ORG, something is missing behind the slash",
    "localhost:5000/acme, write 127.0.0.1, core's own rule wants a dot in the host",
  })
  void refusesWhatCoreDoesNotTake(String place, String problem, String reason) {
    assertThatThrownBy(() -> Organisation.of(place))
        .as(reason)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem);
  }
}
