package dev.isobar.packaging.xpkg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VersionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v0.1.0          | >=v0.1.0, <v0.2.0-0          | before 1.0.0 a minor may break users",
        "v1.4.2          | >=v1.4.2, <v2.0.0-0          | afterwards only a major may",
        "v0.1.0-SNAPSHOT | >=v0.1.0-SNAPSHOT, <v0.2.0-0 | candidates are found by candidates only",
        "v0.1.0-0        | >=v0.1.0-0, <v0.2.0-0        | 0 itself is a number",
        "v1.4.2-rc.10    | >=v1.4.2-rc.10, <v2.0.0-0    | words and numbers",
        "v0.1.0-0a1      | >=v0.1.0-0a1, <v0.2.0-0      | no number, so it may begin with 0",
      })
  void whatMayStandInForIt(String tag, String range, String reason) {
    assertThat(new Version(tag).compatible()).as(reason).isEqualTo(range);
  }

  @ParameterizedTest
  @CsvSource({
    "1.2.3, Crossplane's tags have a v",
    "v1.2, core finds whole versions only",
    "latest, not a version",
    "v01.2.3, no number of a version begins with 0",
    "v0.1.0-01, nor one of a candidate",
    "v0.1.0-rc.01, wherever it is",
    "v0.1.0-rc., a part is missing",
    "v1.2.3+build, no tag of a registry has a plus",
  })
  void refusesWhatCoreWouldNotFind(String tag, String reason) {
    assertThatThrownBy(() -> new Version(tag))
        .as(reason)
        .hasMessage("\"" + tag + "\" is no version; write it as v1.2.3 or v1.2.3-rc.1");
  }
}
