package dev.isobar.e2e.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.cli.input.Flavour;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.function.Seeds;
import dev.isobar.function.compose.ClaimGenerator;
import dev.isobar.function.compose.CloudGenerator;
import dev.isobar.function.compose.Ec2Generator;
import dev.isobar.function.compose.ManagementCluster;
import dev.isobar.testbed.controller.Controller;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.kubernetes.Refusal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What the function makes of random claims, those of its own property tests, passes the real
 * schemas, and admission and webhooks where the kind's controller runs here; nothing is stored.
 */
@OnControlPlane
final class RandomSchemasTest {
  private static final int CLAIMS = 60;
  private static final int POOLS = 6;
  private static final String NAMESPACE = "eo4eu";

  private final Map<Flavour, Kubernetes> planes = new EnumMap<>(Flavour.class);

  /** One refusal for each sort of them, with its claim, by kind and words without numbers. */
  private final Map<String, List<Object>> refused = new TreeMap<>();

  private int asked;

  @Test
  void everyObjectOfRandomClaimsIsAccepted() {
    for (Flavour flavour : Flavour.values()) {
      Kubernetes kubernetes =
          Planes.of(flavour)
              .with(
                  Controller.CORE,
                  Controller.KUBEADM_BOOTSTRAP,
                  Controller.KUBEADM_CONTROL_PLANE,
                  Controller.OPENSTACK)
              .kubernetes();
      kubernetes.makeNamespace(NAMESPACE, Map.of());
      planes.put(flavour, kubernetes);
    }

    Seeds.each(CLAIMS, this::ask);

    assertThat(asked).as("objects").isGreaterThan(CLAIMS * 10);
    assertThat(refused).as("refused, of %d objects", asked).isEmpty();
  }

  private void ask(Random random) {
    boolean onEc2 = random.nextInt(3) == 0;
    Map<String, Object> cloud =
        onEc2 ? new Ec2Generator(random).cloud() : new CloudGenerator(random).cloud();
    Map<String, Object> claim =
        onEc2
            ? new Ec2Generator(random).claim(cloud, POOLS)
            : new ClaimGenerator(random).claim(cloud, POOLS);
    Flavour flavour = random.nextBoolean() ? Flavour.CLAIMS : Flavour.NAMESPACED;
    ManagementCluster cluster = ManagementCluster.with(claim, cloud);
    if (flavour == Flavour.NAMESPACED) {
      cluster = cluster.namespaced(NAMESPACE, "eo-lab");
    }
    cluster
        .composed()
        .resources()
        .values()
        .forEach(resource -> ask(flavour, claim, resource.object()));
  }

  private void ask(
      Flavour flavour, Map<String, Object> claim, Map<String, @Nullable Object> object) {
    asked++;
    try {
      var _ = Objects.requireNonNull(planes.get(flavour)).dryRun(object);
    } catch (Refusal refusal) {
      String message = String.valueOf(refusal.getMessage());
      String sort =
          Reference.of(object).kind().name()
              + ": "
              + message.replaceAll("[0-9a-f]{5,}|[0-9]+", "#");
      refused.putIfAbsent(sort, List.of(message, claim, object));
    }
  }
}
