package dev.isobar.apis.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MachineTagsTest {
  @ParameterizedTest(name = "{2}: {0}")
  @CsvSource({
    "isobar-cluster, false, the function gives it to machines of pools",
    "isobar-pool, false, the function gives it to machines of pools",
    "isobar-uid, true, it says whose a machine is",
    "isobar-cluster-2, true, the beginning is ours",
    "isobar.dev/owner, true, a domain of ours",
    "crossplane-name, true, other tools look for it",
    "Name, false, users name their machines",
    "owner, false, a key like any other"
  })
  void keysByWhichMachinesAreKnownAreReserved(String key, boolean reserved, String reason) {
    assertThat(MachineTags.isReserved(key)).as(reason).isEqualTo(reserved);
  }
}
