package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.contract.Answer;
import dev.isobar.function.contract.Request;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names of claims that objects of a cluster could not carry. */
final class ClaimNamesTest {
  record Name(String reason, String name, String problem) {}

  static Stream<Name> names() {
    return Stream.of(
        new Name(
            "upper case and underscore",
            "Big_Name",
            "the name has upper-case letters and has \"_\" in it"),
        new Name("too long", "a".repeat(64), "the name has 64 characters"),
        new Name("a dash at the end", "a-", "the name begins or ends with a dash or dot"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void namesAreToldWhatIsWrongWithThem(Name row) {
    var composite =
        Tree.of(
            Map.of(
                "metadata",
                Map.of("name", "x", "labels", Map.of("crossplane.io/claim-name", row.name)),
                "spec",
                Manifest.merged(
                    Manifest.of(ManagementCluster.CLAIM),
                    Map.of("claimRef", Map.of("namespace", "a", "name", row.name)))));
    assertThat(
            new PlatformClusterComposition()
                .compose(new Request(composite, new TreeMap<>(), Map.of(), Tree.absent())))
        .isInstanceOfSatisfying(
            Answer.Rejected.class,
            rejected ->
                assertThat(rejected.mistakes().getFirst().sentence())
                    .as(row.reason)
                    .isEqualTo(
                        "metadata.name: "
                            + row.problem
                            + ", and all objects of the cluster carry it as a label and in their"
                            + " names; choose one of lower-case letters, digits, dashes and dots,"
                            + " at most 63, with a letter or digit at both ends"));
  }
}
