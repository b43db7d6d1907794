package dev.isobar.e2e.inmemory;

import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The pod of a Job in a cluster in memory, which takes no server-side apply. */
public final class BatchJob implements Closeable {
  private static final String NAMESPACE = "batch";
  private static final String NAME = "training";

  private final KubernetesClient inside;
  private final Pod pod;

  private BatchJob(KubernetesClient inside, Pod pod) {
    this.inside = inside;
    this.pod = pod;
  }

  /** Runs on a node of a cluster, until it ends. */
  public static BatchJob on(Kubernetes management, String namespace, String cluster, String node) {
    String kubeconfig =
        management
            .get(Kind.SECRET.named(namespace, cluster + "-kubeconfig"))
            .at("data", "value")
            .text()
            .orElseThrow();
    Config config =
        Config.fromKubeconfig(
            new String(Base64.getDecoder().decode(kubeconfig), StandardCharsets.UTF_8));
    KubernetesClient inside = new KubernetesClientBuilder().withConfig(config).build();
    var space = new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build();
    var _ = inside.resource(space).create();
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace(NAMESPACE)
            .withName(NAME)
            .addToLabels("batch.kubernetes.io/job-name", NAME)
            .endMetadata()
            .withNewSpec()
            .withNodeName(node)
            .addNewContainer()
            .withName(NAME)
            .withImage("example.org/training:1")
            .endContainer()
            .endSpec()
            .withNewStatus()
            .withPhase("Running")
            .endStatus()
            .build();
    return new BatchJob(inside, inside.resource(pod).create());
  }

  /** Namespace and name of its pod. */
  public String name() {
    return NAMESPACE + "/" + NAME;
  }

  /** Its work is done, and somebody cleans up behind it. */
  public void ends() {
    var _ = inside.resource(pod).delete();
  }

  @Override
  public void close() {
    inside.close();
  }
}
