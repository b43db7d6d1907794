package dev.isobar.function.compose.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.function.compose.ManagementCluster;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A VPC of a cluster's own, in whose private subnets nodes must find addresses. */
final class Ec2SubnetsTest {
  private static final String POOL =
      "{name: %s, machineType: m6i.xlarge, autoscale: {min: 0, max: %d}%s}";

  private static String pool(String name, int most, String more) {
    return POOL.formatted(name, most, more);
  }

  private static String gpus(int most, String more) {
    return pool("g", most, more + ", gpu: {partitioning: {none: {}}}")
        .replace("m6i.xlarge", "p4d.24xlarge");
  }

  private static String claim(String range, String... pools) {
    return "network: {nodeCidr: " + range + "}\npools: [" + String.join(", ", pools) + "]";
  }

  record Row(String reason, String claim, String refusal) {}

  static Stream<Row> rows() {
    String three = ", zones: [eu-central-1a, eu-central-1b, eu-central-1c]";
    String one = ", zones: [eu-central-1b]";
    String spread = "spread pools over more zones, or let them grow to less";
    return Stream.of(
        new Row("as many as there is room for", claim("10.8.0.0/24", pool("a", 58, "")), ""),
        new Row(
            "one more, and those without zones are in one",
            claim("10.8.0.0/24", pool("a", 59, "")),
            "10.8.0.0/24 has a private subnet of 59 addresses for each of 3 zones, and one must"
                + " hold 60 nodes: those of pools without zones are all in one; choose a range of"
                + " at least /23, or "
                + spread),
        new Row("spread over all of them", claim("10.8.0.0/24", pool("a", 150, three)), ""),
        new Row(
            "which have no room for so many either",
            claim("10.8.0.0/24", pool("a", 240, three)),
            "10.8.0.0/24 has a private subnet of 59 addresses for each of 3 zones, and one must"
                + " hold 82 nodes; choose a range of at least /23, or "
                + spread),
        new Row(
            "several pools of a zone",
            claim("10.8.0.0/24", pool("a", 40, one), pool("b", 40, one)),
            "10.8.0.0/24 has a private subnet of 59 addresses for each of 3 zones, and one must"
                + " hold 82 nodes in eu-central-1b; choose a range of at least /23, or "
                + spread),
        new Row(
            "in two of three zones",
            claim("10.8.0.0/24", pool("a", 149, ", zones: [eu-central-1a, eu-central-1b]")),
            "10.8.0.0/24 has a private subnet of 59 addresses for each of 3 zones, and one must"
                + " hold 75 nodes in eu-central-1a; choose a range of at least /23, or "
                + spread),
        new Row(
            "GPU machines of Isobar's, which try all zones",
            claim("10.8.0.0/24", gpus(100, "")),
            ""),
        new Row(
            "unless they name one",
            claim("10.8.0.0/24", gpus(60, one)),
            "10.8.0.0/24 has a private subnet of 59 addresses for each of 3 zones, and one must"
                + " hold 60 nodes in eu-central-1b; choose a range of at least /23, or "
                + spread),
        new Row("no one more is asked for beside them", claim("10.8.0.0/24", gpus(59, one)), ""),
        new Row(
            "no VPC is so wide",
            claim(
                "10.8.0.0/16",
                IntStream.range(0, 17)
                    .mapToObj(i -> pool("p" + i, 1000, ""))
                    .toArray(String[]::new)),
            "10.8.0.0/16 has a private subnet of 16379 addresses for each of 3 zones, and one must"
                + " hold 17017 nodes: those of pools without zones are all in one; "
                + spread));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void oneSentenceOfTheirSize(Row row) {
    List<String> expected =
        row.refusal.isEmpty() ? List.of() : List.of("spec.network.nodeCidr: " + row.refusal);
    assertThat(
            Ec2Lab.with(row.claim).refusals().stream()
                .filter(sentence -> !sentence.startsWith("spec.network.podCidr"))
                .toList())
        .as(row.reason)
        .isEqualTo(expected);
  }

  record Zones(String reason, String zones, String range, String refusal) {}

  static Stream<Zones> zones() {
    String narrow =
        " has no room for public subnets in %s zones: they would be /29, and EC2 makes none"
            + " narrower than /28; choose a range of at least /%s";
    return Stream.of(
        new Zones("there may be no others", "[eu-central-1c]", "10.8.0.0/24", ""),
        new Zones(
            "three of a region that leaves a letter out",
            "[ap-northeast-1a, ap-northeast-1c, ap-northeast-1d]",
            "10.8.0.0/23",
            ""),
        new Zones("one alone", "[eu-central-1a]", "10.8.0.0/24", ""),
        new Zones(
            "four of them",
            "[us-west-2a, us-west-2b, us-west-2c, us-west-2d]",
            "10.8.0.0/24",
            "10.8.0.0/24" + narrow.formatted(4, 23)),
        new Zones(
            "six of them",
            "[us-east-1a, us-east-1b, us-east-1c, us-east-1d, us-east-1e, us-east-1f]",
            "10.8.0.0/23",
            "10.8.0.0/23" + narrow.formatted(6, 22)),
        new Zones(
            "a local zone besides", "[eu-central-1a, eu-central-1-ham-1a]", "10.8.0.0/24", ""));
  }

  @ParameterizedTest
  @MethodSource("zones")
  void thatAreMadeInZones(Zones row) {
    List<String> expected =
        row.refusal.isEmpty() ? List.of() : List.of("spec.network.nodeCidr: " + row.refusal);
    assertThat(
            Ec2Lab.with(claim(row.range, pool("a", 110, "")))
                .cloud("zones: " + row.zones)
                .refusals()
                .stream()
                .filter(sentence -> sentence.startsWith("spec.network.nodeCidr"))
                .toList())
        .as(row.reason)
        .isEqualTo(expected);
  }

  @Test
  void aVpcThatExistsIsLeftToItsCloud() {
    ManagementCluster cluster = Ec2Lab.with(claim("10.8.0.0/24", pool("a", 3, "")));
    cluster.settle();
    assertThat(cluster.claim(claim("10.8.0.0/24", pool("a", 100, ""))).refusals()).isEmpty();
  }
}
