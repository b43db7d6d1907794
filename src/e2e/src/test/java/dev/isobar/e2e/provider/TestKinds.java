package dev.isobar.e2e.provider;

import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import java.util.Locale;

/** Kinds of the tests that Cluster API takes for a provider's, with anything in them. */
final class TestKinds {
  static final String GROUP = "test.isobar.dev";

  private TestKinds() {}

  /** A kind of this name, whether it is served yet or not. */
  static Kind named(String name) {
    return new Kind(GROUP + "/v1", name);
  }

  /** Has the API server know one, and lets Cluster API write it. */
  static void serve(Kubernetes kubernetes, Kind kind) {
    String plural = kind.name().toLowerCase(Locale.ROOT) + "s";
    var _ =
        kubernetes.apply(
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata:
              name: %1$s.test.isobar.dev
              labels: {cluster.x-k8s.io/v1beta2: v1}
            spec:
              group: test.isobar.dev
              scope: Namespaced
              names: {kind: %2$s, plural: %1$s}
              versions:
              - name: v1
                served: true
                storage: true
                subresources: {status: {}}
                schema:
                  openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata:
              name: test:cluster-api
              labels: {cluster.x-k8s.io/aggregate-to-manager: "true"}
            rules:
            - apiGroups: [test.isobar.dev]
              resources: ["*"]
              verbs: ["*"]
            """
                .formatted(plural, kind.name()));
    var _ =
        Await.PATIENT.until(
            kubernetes,
            Kind.CUSTOM_RESOURCE_DEFINITION.named(plural + "." + GROUP),
            "is served",
            Conditions.is("Established", "True"));
  }
}
