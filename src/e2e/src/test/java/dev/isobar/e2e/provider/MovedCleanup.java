package dev.isobar.e2e.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;

/**
 * A ClusterCleanup whose credentials come to lead to another account. Of its cluster there is
 * nothing, neither in its cloud nor a control plane, so that each look could be taken for the end.
 */
public record MovedCleanup(Kubernetes kubernetes, Reference object) {
  private static final Kind CLEANUP = new Kind("compute.isobar.dev/v1alpha1", "ClusterCleanup");
  private static final Await AWAIT = Await.PATIENT;

  /** Makes one. */
  public static MovedCleanup of(Kubernetes kubernetes, String namespace, String config) {
    ControlPlaneKind.serve(kubernetes);
    var _ =
        kubernetes.apply(
            """
            apiVersion: compute.isobar.dev/v1alpha1
            kind: ClusterCleanup
            metadata: {name: moved, namespace: %s}
            spec:
              cluster: moved-7f2xk
              controlPlaneRef: {kind: KubeadmControlPlane, name: moved-7f2xk}
              providerConfigRef: {kind: ProviderConfig, name: %s}
            """
                .formatted(namespace, config));
    return new MovedCleanup(kubernetes, CLEANUP.named(namespace, "moved"));
  }

  /** It has seen its account and remembers it. */
  public void remembers(String account) {
    Tree seen = AWAIT.until(kubernetes, object, "is Ready", Conditions.is("Ready", "True"));
    assertThat(seen.at("metadata", "annotations", "isobar.dev/account").text()).contains(account);
  }

  /**
   * It says where it was and where its credentials lead, and does not end.
   *
   * @param config that leads there, as conditions name it
   */
  public void refuses(String former, String config, String now) {
    String words =
        "False/InvalidConfiguration: the cluster is in account %s, and %s leads to %s;"
            .formatted(former, config, now);
    var _ =
        AWAIT.until(
            kubernetes,
            object,
            "is refused",
            seen -> Conditions.words(seen, "Ready").startsWith(words));
  }

  /** The same once it is deleted, until its credentials lead back. */
  public void isDeletedInVain(String former, String config, String now) {
    kubernetes.delete(object);
    var _ =
        AWAIT.until(
            kubernetes, object, "begins", seen -> seen.at("status", "begunAt").text().isPresent());
    refuses(former, config, now);
  }

  /** It ends. */
  public void ends() {
    AWAIT.untilGone(kubernetes, object);
  }
}
