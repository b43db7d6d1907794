package dev.isobar.provider.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.ClusterCleanupSpec.Fate;
import dev.isobar.provider.external.Leftover;
import dev.isobar.provider.external.Leftover.Kind;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TeardownTest {
  private static final Map<Character, Kind> KINDS =
      Map.of(
          'b', Kind.LoadBalancer,
          'a', Kind.PublicAddress,
          'g', Kind.SecurityGroup,
          's', Kind.Snapshot,
          'v', Kind.Volume);

  private static List<Leftover> things(String text) {
    return Stream.of(text.split(" "))
        .filter(word -> !word.isEmpty())
        .map(word ->
            new Leftover(
                KINDS.get(word.charAt(0)),
                word.substring(0, 2),
                "",
                !word.endsWith("busy"),
                word.endsWith("shared")))
        .toList();
  }

  private static String ids(List<Leftover> things) {
    return String.join(" ", things.stream().map(Leftover::id).toList());
  }

  @ParameterizedTest(name = "{5}")
  @CsvSource(
      textBlock =
          """
          '',                  Keep,   '',    '',          '',    nothing is left
          b1 a1 g1 v1,         Keep,   b1,    b1 a1 g1,    v1,    balancers use the rest and go first
          b1busy b2 a1,        Keep,   b2,    b1 b2 a1,    '',    one that is being changed is left alone
          b1busy a1,           Keep,   '',    b1 a1,       '',    and waited for
          a1 g1 s1 v1,         Keep,   a1 g1, a1 g1,       s1 v1, what holds data stays
          s1 v1 v2,            Keep,   '',    '',          s1 v1 v2, so that only data is the end
          a1 s1 v1,            Delete, a1 s1, a1 s1 v1,    '',    a volume goes after its snapshots
          v1 v2busy,           Delete, v1,    v1 v2,       '',    one that a machine still has is waited for
          b1shared b2 a1,      Keep,   b2,    b2 a1,       b1,    what another cluster uses stays
          b1shared a1shared g1 v1, Delete, g1 v1, g1 v1,   b1 a1, and nothing waits for its end
          """)
  void whatGoesNowWhatMustGoAndWhatStays(
      String found, Fate volumes, String next, String going, String kept, String reason) {
    Teardown teardown = Teardown.of(things(found), volumes);
    assertThat(List.of(ids(teardown.next()), ids(teardown.going()), ids(teardown.kept())))
        .as(reason)
        .containsExactly(next, going, kept);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          '',                nothing
          v1,                1 volume
          b1 b2,             2 load balancers
          b1 a1 a2 v1,       '1 load balancer, 2 public addresses and 1 volume'
          """)
  void kindsAreCountedInWords(String found, String words) {
    assertThat(CleanupReport.words(things(found))).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          v1 v2,                   'volume v1, volume v2'
          v1 v2 v3 v4 v5 v6 v7,    'volume v1, volume v2, volume v3, volume v4, volume v5 and 2 more'
          """)
  void theFirstFewAreNamed(String found, String words) {
    assertThat(CleanupReport.names(things(found))).isEqualTo(words);
  }
}
