package dev.isobar.provider.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PoliciesTest {
  @ParameterizedTest
  @CsvSource({
    "'*', true",
    "'', true",
    "'Observe', true",
    "'Observe,Create,Update,Delete,LateInitialize', true",
    "'Observe,Create,Update,Delete', true",
    "'Observe,Create,Update,LateInitialize', true",
    "'Observe,Create,Update', true",
    "'Observe,Create,Delete,LateInitialize', true",
    "'Observe,Create,LateInitialize', true",
    "'Observe,Create,Delete', true",
    "'Observe,Create', true",
    "'Observe,Delete', true",
    "'Observe,Update', true",
    "'Observe,LateInitialize', true",
    "'Observe,Update,LateInitialize', true",
    "'Observe,Delete,LateInitialize', false",
    "'Observe,Update,Delete', false",
    "'Observe,Update,Delete,LateInitialize', false",
    "'Create', false",
    "'*,Observe', false"
  })
  void supportedAreThoseOfCrossplane(String written, boolean supported) {
    List<String> policies = written.isEmpty() ? List.of() : List.of(written.split(","));
    assertThat(Policies.of(policies).supported()).isEqualTo(supported);
  }

  /** The rules of the API, which refuse a spec before the provider sees it, say the same. */
  @Test
  void theApiRefusesExactlyWhatIsNotSupported() {
    for (List<String> policies : subsets()) {
      boolean all = policies.contains("*");
      boolean accepted =
          (!all || policies.size() == 1)
              && (policies.isEmpty() || all || policies.contains("Observe"))
              && !(policies.contains("Delete")
                  && !policies.contains("Create")
                  && (policies.contains("Update") || policies.contains("LateInitialize")));
      assertThat(Policies.of(policies).supported()).as("%s", policies).isEqualTo(accepted);
    }
  }

  private static List<List<String>> subsets() {
    List<String> names =
        Stream.concat(Stream.of("*"), Stream.of(Policies.Action.values()).map(Enum::name)).toList();
    List<List<String>> subsets = new ArrayList<>();
    for (int bits = 0; bits < 1 << names.size(); bits++) {
      int chosen = bits;
      subsets.add(
          IntStream.range(0, names.size())
              .filter(index -> (chosen >> index & 1) == 1)
              .mapToObj(names::get)
              .toList());
    }
    return subsets;
  }

  @Test
  void allAllowsEverything() {
    for (Policies.Action action : Policies.Action.values()) {
      assertThat(Policies.of(List.of("*")).allow(action)).isTrue();
      assertThat(Policies.of(List.of()).allow(action)).isFalse();
    }
  }
}
