package dev.isobar.e2e.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import dev.isobar.testbed.workload.WorkloadCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * GPU machines without a pool, in a cluster of their own, by Cluster API's own controllers and the
 * provider as it ships. Machines and GpuMachines are made by hand, one by one, and no node joins. A
 * latecomer may be beside them.
 */
public final class LoneMachines implements AutoCloseable {
  private static final String BOOT = "boot";

  private final Kubernetes kubernetes;
  private final GpuCloud cloud;
  private final String namespace;
  private final GpuPool.Machines machines;

  /** Their cluster. */
  private final GpuPool pool;

  private final ProviderProcess provider;
  private final Await await = Await.PATIENT;

  /** Machines that are none of these. */
  private final Set<String> strangers;

  private final List<Reference> made = new ArrayList<>();

  /**
   * Makes the cluster and starts the provider; no machine is there yet.
   *
   * @param infrastructure the cloud's side of the cluster
   * @param namespace of everything, and part of the provider's name
   */
  public LoneMachines(
      ControlPlane plane,
      WorkloadCluster workload,
      GpuCloud cloud,
      InfraCluster infrastructure,
      String namespace) {
    this.cloud = cloud;
    this.namespace = namespace;
    kubernetes = plane.kubernetes();
    kubernetes.makeNamespace(namespace, Map.of());
    strangers = cloud.machines();
    machines = cloud.open(kubernetes, namespace);
    pool = new GpuPool(plane, workload, namespace, machines, infrastructure);
    pool.begins();
    provider =
        ProviderProcess.startHasty(
            plane, "provider-" + namespace, "--enable-cluster-api", "--poll=3s");
    var _ = data(BOOT, "#cloud-config");
  }

  /**
   * Stores data for a first start.
   *
   * @param secret its name
   * @return the field of a Machine that names it
   */
  public Map<String, Object> data(String secret, String text) {
    var _ =
        kubernetes.apply(
            Map.of(
                "apiVersion",
                Kind.SECRET.apiVersion(),
                "kind",
                Kind.SECRET.name(),
                "type",
                "cluster.x-k8s.io/secret",
                "metadata",
                Map.of(
                    "name",
                    secret,
                    "namespace",
                    namespace,
                    "labels",
                    Map.of("cluster.x-k8s.io/cluster-name", pool.cluster().name())),
                "stringData",
                Map.of("value", text, "format", "cloud-config")));
    return Map.of("bootstrap", Map.of("dataSecretName", secret));
  }

  /**
   * Makes one, and does not wait.
   *
   * @param wishes fields of its GpuMachine's spec, besides config and image
   */
  public void make(String name, Map<String, ? extends Object> wishes) {
    make(name, wishes, Map.of());
  }

  /**
   * Makes one, and does not wait.
   *
   * @param wishes fields of its GpuMachine's spec, besides config and image
   * @param more fields of its Machine's
   */
  public void make(
      String name, Map<String, ? extends Object> wishes, Map<String, ? extends Object> more) {
    var ours = new TreeMap<String, Object>(wishes);
    ours.put("providerConfigRef", Map.of("kind", "ProviderConfig", "name", machines.config()));
    ours.put("image", Map.of("id", machines.image()));
    var _ = apply(GpuPool.MACHINE, name, ours);
    var theirs = new TreeMap<String, Object>();
    theirs.put("bootstrap", Map.of("dataSecretName", BOOT));
    theirs.putAll(more);
    theirs.put("clusterName", pool.cluster().name());
    theirs.put("version", "v1.35.0");
    theirs.put(
        "infrastructureRef",
        Map.of(
            "apiGroup",
            GpuPool.MACHINE.apiVersion().replaceFirst("/.*", ""),
            "kind",
            GpuPool.MACHINE.name(),
            "name",
            name));
    made.add(apply(Kind.MACHINE, name, theirs));
  }

  private Reference apply(Kind kind, String name, Map<String, Object> spec) {
    return Reference.of(
        kubernetes.apply(
            Map.of(
                "apiVersion",
                kind.apiVersion(),
                "kind",
                kind.name(),
                "metadata",
                Map.of("name", name, "namespace", namespace),
                "spec",
                spec)));
  }

  /**
   * A pool of one in their cluster, which is not there yet.
   *
   * @param type of its machines, unlike all others
   */
  public Latecomer latecomer(String type) {
    return new Latecomer(kubernetes, cloud, namespace, pool.ofType(type));
  }

  /** Waits until one has run; answers its GpuMachine. */
  public Tree runs(String name) {
    return await.until(kubernetes, gpuMachine(name), "has run", GpuPool::runs);
  }

  /** The cloud's own id of one that has run. */
  public static String id(Tree machine) {
    return GpuPoolLife.plain(GpuPool.id(machine));
  }

  /** Waits until one is not ready for a reason; answers its condition Ready in words. */
  public String refused(String name, String reason) {
    return Conditions.words(
        await.until(
            kubernetes,
            gpuMachine(name),
            "says " + reason,
            Conditions.is("Ready", "False", reason)),
        "Ready");
  }

  private Reference gpuMachine(String name) {
    return GpuPool.MACHINE.named(namespace, name);
  }

  /** Deletes all of them, and then the cluster; nothing is left. */
  public void go() {
    made.forEach(kubernetes::delete);
    var _ = pool.machines("all GpuMachines are gone", List::isEmpty);
    var _ =
        await.until(
            "all Instances are gone",
            () -> kubernetes.list(InstanceScene.INSTANCE, namespace),
            List::isEmpty);
    assertThat(cloud.machines()).as("machines in the cloud").isEqualTo(strangers);
    kubernetes.delete(pool.cluster());
    pool.ends();
  }

  /** Ends the provider, which lacked no right. */
  @Override
  public void close() {
    provider.stop();
    assertThat(provider.forbidden()).isEmpty();
  }
}
