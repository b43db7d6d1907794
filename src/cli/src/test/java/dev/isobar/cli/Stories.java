package dev.isobar.cli;

import dev.isobar.cli.call.Yaml;
import dev.isobar.function.wire.proto.Fn;

/** What tests have in common: a claim, its Cloud, and a function that makes two resources of it. */
final class Stories {
  static final String CLAIM =
      """
      apiVersion: platform.isobar.dev/v1alpha1
      kind: PlatformCluster
      metadata:
        name: eo-lab
        namespace: eo4eu
        labels: {team: eo, app.kubernetes.io/name: x}
        annotations: {note: hello, kubectl.kubernetes.io/last-applied-configuration: "{}"}
      spec: {cloud: wekeo, version: "1.35"}
      """;

  static final String CLOUD =
      """
      apiVersion: compute.isobar.dev/v1alpha1
      kind: Cloud
      metadata: {name: wekeo}
      spec: {provider: OpenStack}
      """;

  private Stories() {}

  /**
   * A Cluster with a name of its own, and a ConfigMap that leaves its name to core; neither is
   * ready.
   */
  static StandInFunction.Script twoResources() {
    return StandInFunction.desiring(desired ->
        desired
            .setComposite(
                Yaml.resource(Fn.Ready.READY_UNSPECIFIED, "status: {stage: Creating, pools: 2}"))
            .putResources("cluster", cluster(Fn.Ready.READY_FALSE))
            .putResources(
                "addons",
                Yaml.resource(
                    Fn.Ready.READY_TRUE,
                    "{apiVersion: v1, kind: ConfigMap, metadata: {namespace: eo4eu}, data: {a.conf:"
                        + " \"x\\ny\\n\"}}")));
  }

  static Fn.Resource cluster(Fn.Ready ready) {
    return Yaml.resource(
        ready,
        "{apiVersion: cluster.x-k8s.io/v1beta2, kind: Cluster,"
            + " metadata: {name: lab, namespace: eo4eu, labels: {a: b}}, spec: {paused: false}}");
  }

  static Fn.Condition condition(String type, Fn.Status status, String reason, String message) {
    return Fn.Condition.newBuilder()
        .setType(type)
        .setStatus(status)
        .setReason(reason)
        .setMessage(message)
        .build();
  }

  static Fn.Result result(Fn.Severity severity, String reason, String message) {
    return Fn.Result.newBuilder()
        .setSeverity(severity)
        .setReason(reason)
        .setMessage(message)
        .build();
  }
}
