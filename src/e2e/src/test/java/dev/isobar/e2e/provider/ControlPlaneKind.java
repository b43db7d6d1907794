package dev.isobar.e2e.provider;

import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;

/** The kind of the control planes that ClusterCleanups wait for, without its controller. */
final class ControlPlaneKind {
  private ControlPlaneKind() {}

  /** Has the API server know it; it may do already. */
  static void serve(Kubernetes kubernetes) {
    var _ =
        kubernetes.apply(
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: kubeadmcontrolplanes.controlplane.cluster.x-k8s.io}
            spec:
              group: controlplane.cluster.x-k8s.io
              scope: Namespaced
              names: {kind: KubeadmControlPlane, plural: kubeadmcontrolplanes}
              versions:
              - name: v1beta2
                served: true
                storage: true
                schema: {openAPIV3Schema: {type: object}}
            """);
    var _ =
        Await.PATIENT.until(
            kubernetes,
            Kind.CUSTOM_RESOURCE_DEFINITION.named(
                "kubeadmcontrolplanes.controlplane.cluster.x-k8s.io"),
            "is served",
            Conditions.is("Established", "True"));
  }
}
