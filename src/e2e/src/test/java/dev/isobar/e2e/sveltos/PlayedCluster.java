package dev.isobar.e2e.sveltos;

import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.workload.WorkloadCluster;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Plays a cloud and kubeadm for one cluster: says that network and control plane are there, and
 * gives the address of another API server as that of the cluster. The control plane's own
 * controller is told to leave it alone until it goes, which the claim's status tells as a pause
 * that nobody asked it for, and that of the network finds no cloud; Cluster API's core and
 * everybody else are real.
 *
 * @param management where Cluster API runs
 * @param workload the other API server
 */
record PlayedCluster(
    Kubernetes management, WorkloadCluster workload, String namespace, String name) {
  /** Its network. */
  static final Kind INFRASTRUCTURE =
      new Kind("infrastructure.cluster.x-k8s.io/v1beta1", "OpenStackCluster");

  private static final String PAUSED = "cluster.x-k8s.io/paused";

  private static final Await AWAIT = Await.PATIENT;

  /** The words of the claim's status for the control plane that is left alone. */
  String leftAlone() {
    return "KubeadmControlPlane "
        + controlPlane().name()
        + " is paused, though its claim does not ask for it: Cluster API leaves it as it is until"
        + " whoever set its annotation "
        + PAUSED
        + " removes it";
  }

  /** Brings the cluster up, as far as everybody else can see. */
  void comesUp(int machines) {
    pause("true");
    var _ =
        AWAIT.until(
            management,
            controlPlane(),
            "is left alone by its controller",
            Conditions.is("Paused", "True"));
    workload.giveAccess(management, namespace, name);
    var _ = management.patchStatus(controlPlane(), statusOf(machines));
    // Cluster API does not look at the status of what is paused before something else changes.
    var _ =
        management.patch(
            infrastructure(),
            Map.of(
                "spec",
                Map.of(
                    "controlPlaneEndpoint",
                    Map.of("host", "127.0.0.1", "port", workload.server().port()))));
    var _ = management.patchStatus(infrastructure(), Map.of("ready", true));
    var _ =
        AWAIT.until(
            management,
            Kind.CLUSTER.named(namespace, name),
            "has a control plane",
            Conditions.is("ControlPlaneInitialized", "True"));
  }

  /** The controller of its control plane may go on, and finds that it is being deleted. */
  void letsGo() {
    pause(null);
  }

  private void pause(@Nullable String value) {
    if (management.find(controlPlane()).isPresent()) {
      var annotations = new LinkedHashMap<String, @Nullable Object>();
      annotations.put(PAUSED, value);
      var _ =
          management.patch(controlPlane(), Map.of("metadata", Map.of("annotations", annotations)));
    }
  }

  private Map<String, ?> statusOf(int machines) {
    return Map.of(
        "initialization",
        Map.of("controlPlaneInitialized", true),
        "replicas",
        machines,
        "readyReplicas",
        machines,
        "availableReplicas",
        machines,
        "upToDateReplicas",
        machines,
        "conditions",
        List.of(condition("Available", "True"), condition("RollingOut", "False")));
  }

  private static Map<String, String> condition(String type, String status) {
    return Map.of(
        "type",
        type,
        "status",
        status,
        "reason",
        "Played",
        "message",
        "",
        "lastTransitionTime",
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private Reference controlPlane() {
    return Kind.CONTROL_PLANE.named(namespace, name + "-cp");
  }

  private Reference infrastructure() {
    return INFRASTRUCTURE.named(namespace, name);
  }
}
