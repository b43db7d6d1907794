package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An image is chosen once for each version and machine type, and read back from the template in
 * use.
 */
final class ImagesTest {
  private static final String POOLS =
      """
      pools:
      - {name: a, machineType: m1.large, replicas: 1}
      - {name: g, machineType: g2.a100.2, replicas: 1, gpu: {partitioning: {none: {}}}}
      """;

  private static final String UUID = "5f1d2c3b-0000-4000-8000-0123456789ab";

  /** The images in the templates of control plane and pools. */
  private static String images(ManagementCluster cluster) {
    var images = new StringBuilder();
    cluster
        .composed()
        .resources()
        .forEach((key, resource) -> {
          Tree image = Tree.of(resource.object()).at("spec", "template", "spec", "image");
          if (image.exists()) {
            images.append(key.split("\\.")[key.startsWith("pool.") ? 1 : 0]);
            images.append(image.plain());
          }
        });
    return images.toString();
  }

  record Choice(String reason, String cloud, String expected) {}

  static Stream<Choice> choices() {
    return Stream.of(
        new Choice(
            "GPU nodes prefer an image made for them",
            "{}",
            "control-plane{filter={name=kube-1.35.2}}a{filter={name=kube-1.35.2}}g{name=kube-1.35.2-gpu}"),
        new Choice(
            "and take any other when there is none",
            "images: [{kubernetes: 1.35.2, name: only}]",
            "control-plane{filter={name=only}}a{filter={name=only}}g{name=only}"),
        new Choice(
            "an id is certain",
            "images: [{kubernetes: 1.35.2, id: " + UUID + "}]",
            "control-plane{id=UUID}a{id=UUID}g{id=UUID}".replace("UUID", UUID)),
        new Choice(
            "the first of the list wins",
            "images: [{kubernetes: 1.35.2, name: one}, {kubernetes: 1.35.2, name: two}]",
            "control-plane{filter={name=one}}a{filter={name=one}}g{name=one}"));
  }

  @ParameterizedTest
  @MethodSource("choices")
  void areChosenFromTheCloud(Choice row) {
    assertThat(images(ManagementCluster.with(POOLS).cloud(row.cloud)))
        .as(row.reason)
        .isEqualTo(row.expected);
  }

  @Test
  void theOperatorsImageGoesBeforeADiscoveredOne() {
    ManagementCluster cluster =
        ManagementCluster.with(POOLS)
            .discovered(
                "images: [{kubernetes: 1.35.2, name: found}, {kubernetes: 1.35.9, name: found}]");
    assertThat(images(cluster))
        .as("the newest patch was discovered")
        .isEqualTo("control-plane{filter={name=found}}a{filter={name=found}}g{name=found}");
    assertThat(images(cluster.claim("version: 1.35.2")))
        .isEqualTo(
            "control-plane{filter={name=kube-1.35.2}}a{filter={name=kube-1.35.2}}g{name=kube-1.35.2-gpu}");
  }

  static Stream<Choice> whims() {
    return Stream.of(
        new Choice("withdrawn", "images: []", ""),
        new Choice("rebuilt", "images: [{kubernetes: 1.35.2, name: rebuilt}]", ""),
        new Choice("a newer patch", "images: [{kubernetes: 1.35.9, name: newer}]", ""),
        new Choice(
            "the type is said to be of the other architecture",
            """
            machineTypes:
            - {name: m1.large, cpu: 8, memory: 32Gi, disk: 40Gi, architecture: arm64}
            - {name: g2.a100.2, cpu: 32, memory: 240Gi, disk: 200Gi, architecture: arm64, gpu: {model: A100-80GB, count: 2}}
            images:
            - {kubernetes: 1.35.2, name: other, architecture: arm64}
            """,
            ""));
  }

  @ParameterizedTest
  @MethodSource("whims")
  void areKeptWhateverBecomesOfTheCloud(Choice row) {
    for (String api : new String[] {"v1beta1", "v1beta2"}) {
      for (String machines : new String[] {"Isobar", "Native"}) {
        ManagementCluster cluster =
            ManagementCluster.with(POOLS)
                .settings("openStackApiVersion: " + api)
                .cloud("clusterApi: {gpuMachines: " + machines + "}");
        cluster.settle();
        String before = images(cluster);
        assertThat(images(cluster.cloud(row.cloud))).as(row.reason).isEqualTo(before);
      }
    }
  }

  record Rebuilt(String reason, String cloud, String upgrades, String taken) {}

  static Stream<Rebuilt> rebuilt() {
    String same =
        "control-plane{filter={name=kube-1.35.2}}a{filter={name=kube-1.35.2}}g{name=kube-1.35.2-gpu}";
    return Stream.of(
        new Rebuilt("nothing", "{}", "[]", same),
        new Rebuilt(
            "rebuilt, and with a newer patch",
            "images: [{kubernetes: 1.35.2, name: b2}, {kubernetes: 1.35.6, name: c}]",
            "[1.35.2 (image b2), 1.35.6]",
            "control-plane{filter={name=b2}}a{filter={name=b2}}g{name=b2}"),
        new Rebuilt(
            "only the one for GPU nodes",
            "images: [{kubernetes: 1.35.2, name: kube-1.35.2}, {kubernetes: 1.35.2, name: b2,"
                + " purpose: gpu}]",
            "[1.35.2 (image b2)]",
            "control-plane{filter={name=kube-1.35.2}}a{filter={name=kube-1.35.2}}g{name=b2}"),
        new Rebuilt(
            "known by its id",
            "images: [{kubernetes: 1.35.2, id: " + UUID + "}]",
            "[1.35.2 (image " + UUID + ")]",
            "control-plane{id=UUID}a{id=UUID}g{id=UUID}".replace("UUID", UUID)),
        new Rebuilt("withdrawn: there is no other to take", "images: []", "[]", same));
  }

  @ParameterizedTest
  @MethodSource("rebuilt")
  void aRebuiltImageIsToldAndTakenWhenTheClaimSaysSo(Rebuilt row) {
    ManagementCluster cluster = ManagementCluster.with(POOLS);
    cluster.settle();
    String before = images(cluster);
    cluster.cloud(row.cloud);
    cluster.settle();
    assertThat(images(cluster)).as(row.reason).isEqualTo(before);
    assertThat(upgrades(cluster)).as(row.reason).isEqualTo(row.upgrades);
    cluster.claim("imageRevision: autumn");
    cluster.settle();
    assertThat(images(cluster)).as(row.reason).isEqualTo(row.taken);
    assertThat(upgrades(cluster)).as(row.reason).doesNotContain("(image");
    cluster.cloud("images: [{kubernetes: 1.35.2, name: b3}]");
    cluster.settle();
    assertThat(images(cluster)).as("once: " + row.reason).isEqualTo(row.taken);
    assertThat(upgrades(cluster)).as(row.reason).contains("1.35.2 (image b3)");
  }

  private static String upgrades(ManagementCluster cluster) {
    return String.valueOf(cluster.composed().status().getOrDefault("availableUpgrades", List.of()));
  }

  @Test
  void anotherRevisionRollsNothingWhenTheImageIsTheOneInUse() {
    ManagementCluster cluster = ManagementCluster.with(POOLS);
    cluster.settle();
    var before = cluster.keys();
    cluster.claim("imageRevision: autumn");
    assertThat(cluster.keys()).isEqualTo(before);
  }

  @Test
  void aNewPoolOfTheKeptVersionTakesTheControlPlanesImageWhenTheCloudHasNoneAnyMore() {
    var cluster = ManagementCluster.with("{}");
    cluster.settle();
    cluster.cloud("images: []").claim("pools: [{name: a, machineType: m1.small, replicas: 1}]");
    assertThat(images(cluster))
        .isEqualTo("control-plane{filter={name=kube-1.35.2}}a{filter={name=kube-1.35.2}}");
  }

  @Test
  void aPoolThatMovesToTheOtherArchitectureTakesAnImageOfIt() {
    String arm =
        "images: [{kubernetes: 1.35.2, name: x}, {kubernetes: 1.35.2, name: y, architecture:"
            + " arm64}]";
    var cluster =
        ManagementCluster.with("pools: [{name: a, machineType: m1.large, replicas: 1}]").cloud(arm);
    cluster.settle();
    cluster.claim("pools: [{name: a, machineType: a1.large, replicas: 1}]");
    cluster.settle();
    assertThat(images(cluster)).isEqualTo("control-plane{filter={name=x}}a{filter={name=y}}");
  }

  @Test
  void aNewImageIsTakenUpWithTheNextVersionOnly() {
    ManagementCluster cluster = ManagementCluster.with(POOLS + "version: '1.34'");
    cluster.settle();
    cluster
        .cloud("images: [{kubernetes: 1.34.6, name: rebuilt}, {kubernetes: 1.35.0, name: next}]")
        .claim("pools: [{name: a, machineType: m1.small, replicas: 1}]");
    cluster.settle();
    assertThat(images(cluster))
        .as("another machine type, the same image")
        .isEqualTo("control-plane{filter={name=kube-1.34.6}}a{filter={name=kube-1.34.6}}");
    cluster.claim("version: '1.35'");
    cluster.settle();
    assertThat(images(cluster)).isEqualTo("control-plane{filter={name=next}}a{filter={name=next}}");
  }
}
