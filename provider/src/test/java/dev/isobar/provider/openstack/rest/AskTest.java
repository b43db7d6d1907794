package dev.isobar.provider.openstack.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AskTest {
  @Test
  void queriesAreEscaped() {
    Ask ask = Ask.get("/servers/detail").with("tags", "isobar-uid=a b&c").with("limit", 10);
    assertThat(ask.target()).isEqualTo("/servers/detail?tags=isobar-uid%3Da%20b%26c&limit=10");
    assertThat(ask).as("values may be secret").hasToString("GET /servers/detail");
  }

  @ParameterizedTest
  @CsvSource({
    "5f1d0c2e-0000-4000-8000-000000000000, 5f1d0c2e-0000-4000-8000-000000000000, as it is",
    "../os-keypairs, ..%2Fos-keypairs, no way out",
    ".., %2E%2E, nor up",
    "a?b#c, a%3Fb%23c, nor into the query"
  })
  void idsAreOnePieceOfThePath(String id, String segment, String why) {
    assertThat(Ask.segment(id)).as(why).isEqualTo(segment);
  }
}
