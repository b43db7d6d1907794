package dev.isobar.e2e.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.testbed.controller.Controller;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everybody works with the roles that they are published with, and those of package/rbac. */
@OnControlPlane
final class RolesTest {
  private static final String NAMESPACE = "roles";
  private static final Kind AWS_TEMPLATE =
      new Kind("infrastructure.cluster.x-k8s.io/v1beta2", "AWSMachineTemplate");

  /**
   * With each ClusterSummary Sveltos also deletes the agent that it would have beside itself if it
   * ran so, and goes on when it may not.
   *
   * @see <a
   *     href="https://github.com/projectsveltos/addon-controller/blob/v1.12.0/controllers/resourcesummary.go#L629">where
   *     it does</a>
   */
  private static final String AGENT_OF_ANOTHER_MODE =
      "deployments.apps projectsveltos/drift-detection-";

  private static final String LOGGED_AGENT =
      "failed to delete resource Deployment:projectsveltos/drift-detection-";

  /** All but the in-memory one, whose port is fixed and in use by the suites of Cluster API. */
  private static final List<Controller> CONTROLLERS =
      Stream.of(Controller.values()).filter(one -> one != Controller.DEV).toList();

  private final ControlPlane plane = Planes.claims().with(CONTROLLERS.toArray(Controller[]::new));
  private final Kubernetes kubernetes = plane.kubernetes();
  private final Await await = Await.PATIENT;

  @Test
  void nobodyIsForbiddenAnything() throws IOException {
    Path story = plane.project().story("openstack-gpu-lab");
    kubernetes.makeNamespace(NAMESPACE, Map.of());
    var _ = kubernetes.apply(Files.readString(story.resolve("cloud.yaml")));
    var _ =
        kubernetes.apply(
            Files.readString(story.resolve("claim.yaml"))
                .replace("namespace: eo4eu", "namespace: " + NAMESPACE));
    Reference claim = Kind.CLAIM.named(NAMESPACE, "eo-lab");
    Tree taken =
        await.until(
            kubernetes,
            claim,
            "has a cluster whose status the controllers wrote, or somebody may not do something",
            seen -> cluster(seen).isPresent() || !refused().isEmpty());
    assertThat(refused()).as("writes that no role allows").isEmpty();
    String cluster = taken.at("status", "clusterName").text().orElseThrow();
    kubernetes.delete(claim);
    await.untilGone(kubernetes, claim);
    await.untilGone(kubernetes, Kind.CLUSTER.named(NAMESPACE, cluster));
    assertThat(refused()).as("writes that no role allows").isEmpty();
    assertThat(forbidden()).as("log lines that tell of a missing right").isEmpty();
    for (Controller controller : CONTROLLERS) {
      assertThat(plane.controllers().process(controller).runs()).as("%s runs", controller).isTrue();
    }
  }

  /**
   * Nobody here acts on what the AWS provider would make, but core must be able to write it: the
   * templates of all pools, and of a control plane that has machines.
   */
  @ParameterizedTest
  @CsvSource({"ec2-gpu-lab,AWSCluster,5", "eks-gpu-lab,AWSManagedCluster,3"})
  void coreMayWriteClustersOnEc2(String name, String infrastructure, int templates)
      throws IOException {
    Path story = plane.project().story(name);
    String namespace = NAMESPACE + "-" + name;
    kubernetes.makeNamespace(namespace, Map.of());
    var _ = kubernetes.apply(ofItsOwn(Files.readString(story.resolve("cloud.yaml")), name));
    var _ =
        kubernetes.apply(
            ofItsOwn(Files.readString(story.resolve("claim.yaml")), name)
                .replace("namespace: eo4eu", "namespace: " + namespace));
    Reference claim = Kind.CLAIM.named(namespace, "eo-lab");
    Tree written =
        await.until(
            kubernetes,
            claim,
            "has all its objects, or somebody may not do something",
            seen ->
                !refused().isEmpty()
                    || (Conditions.is("Synced", "True").test(seen)
                        && seen.at("status", "clusterName").exists()
                        && kubernetes.list(AWS_TEMPLATE, namespace).size() == templates));
    assertThat(refused()).as("writes that no role allows").isEmpty();
    String cluster = written.at("status", "clusterName").text().orElseThrow();
    var kind = new Kind(AWS_TEMPLATE.apiVersion(), infrastructure);
    assertThat(kubernetes.find(kind.named(namespace, cluster))).isPresent();
    kubernetes.delete(claim);
    await.untilGone(kubernetes, claim);
    await.untilGone(kubernetes, Kind.CLUSTER.named(namespace, cluster));
    assertThat(refused()).as("writes that no role allows").isEmpty();
    assertThat(forbidden()).as("log lines that tell of a missing right").isEmpty();
  }

  /** Both stories have a Cloud of this name. */
  private static String ofItsOwn(String text, String story) {
    return text.replace("research-aws", story);
  }

  private Optional<Tree> cluster(Tree claim) {
    return claim
        .at("status", "clusterName")
        .text()
        .flatMap(name -> kubernetes.find(Kind.CLUSTER.named(NAMESPACE, name)))
        .filter(cluster -> Conditions.find(cluster, "Available").isPresent());
  }

  /** What any controller was refused since the control plane was started; core does not log it. */
  private List<String> refused() {
    return plane.server().audit().forbidden().stream()
        .filter(write -> write.user().startsWith("system:serviceaccount:"))
        .filter(write -> !write.object().startsWith(AGENT_OF_ANOTHER_MODE))
        .map(write -> write.user() + " may not " + write.verb() + " " + write.object())
        .toList();
  }

  private List<String> forbidden() throws IOException {
    var lines = new ArrayList<String>();
    for (var process : plane.processes().running()) {
      for (String line : Files.readAllLines(process.log())) {
        // The API server begins before its roles are there.
        if (line.contains("is forbidden")
            && !line.contains(LOGGED_AGENT)
            && !process.name().startsWith("kube-")) {
          lines.add(process.name() + ": " + line);
        }
      }
    }
    return lines;
  }
}
