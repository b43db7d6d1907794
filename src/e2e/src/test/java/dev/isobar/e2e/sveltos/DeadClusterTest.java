package dev.isobar.e2e.sveltos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * A cluster of a namespaced composite, whose add-ons are Profiles instead of ClusterProfiles, until
 * its API dies. That is told, and does not keep the composite from going.
 */
@OnControlPlane
@Order(4)
final class DeadClusterTest {
  private final ControlPlane plane = Planes.namespaced().with(Lab.CONTROLLERS);
  private final Kubernetes management = plane.kubernetes();

  @Test
  void deadApiIsToldAndBlocksNothing() {
    try (ChartRepository charts = ChartRepository.start()) {
      charts.offer("greeting", "1.0.0", AddonsTest.GREETING);
      Lab lab = Lab.open(plane, "dead", charts);
      lab.settles();
      assertThat(kinds(lab)).contains("Profile").doesNotContain("ClusterProfile");
      comesAndGoes(lab, charts);

      lab.dies();

      Tree told =
          Lab.AWAIT.until(
              management,
              lab.claim(),
              "tells that the API is not reached",
              Conditions.is("ControlPlaneReady", "False", "Degraded"));
      assertThat(told.at("status", "stage").text()).contains("Degraded");
      assertThat(told.at("status", "message").text().orElse(""))
          .startsWith("the Kubernetes API cannot be reached: ");
      assertThat(Conditions.is("Ready", "False")).accepts(told);
      assertThat(Conditions.words(told, "AddonsReady"))
          .as("of what was installed before")
          .isEqualTo("True/Deployed: all add-ons are deployed");

      lab.asksFor(greeting(charts));

      // Sveltos itself says nothing of an add-on that it cannot bring.
      assertThat(lab.awaitState("greeting", "Waiting"))
          .isEqualTo("waits until the Kubernetes API is reached again");
      var _ =
          Lab.AWAIT.until(
              "AddonsReady tells what it waits for",
              () -> Conditions.words(management.get(lab.claim()), "AddonsReady"),
              "False/Deploying: add-on greeting: waits until the Kubernetes API is reached again"
                  ::equals);
      assertThat(
              Conditions.is("ControlPlaneReady", "False", "Degraded")
                  .and(Conditions.is("Ready", "False")))
          .accepts(management.get(lab.claim()));
      lab.goes();
    }
  }

  private static void comesAndGoes(Lab lab, ChartRepository charts) {
    Reference object = Kind.CONFIG_MAP.named("greeting", "greeting");
    lab.asksFor(greeting(charts));
    var _ = lab.awaitState("greeting", "Deployed");
    assertThat(lab.inside().get(object).at("data", "text").text()).contains("Hello Ada");
    lab.asksFor();
    Lab.AWAIT.untilGone(lab.inside(), object);
    lab.awaitGone("greeting");
  }

  private static OwnAddon greeting(ChartRepository charts) {
    return OwnAddon.chart("greeting", charts.address(), "1.0.0", Map.of("whom", "Ada"));
  }

  private static Set<String> kinds(Lab lab) {
    return lab.composed().stream().map(one -> one.kind().name()).collect(Collectors.toSet());
  }
}
