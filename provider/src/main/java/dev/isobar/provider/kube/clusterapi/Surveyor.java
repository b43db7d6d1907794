package dev.isobar.provider.kube.clusterapi;

import dev.isobar.apis.compute.UserDataSource.Compression;
import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.clusterapi.OwnerCluster;
import dev.isobar.provider.clusterapi.OwnerCluster.Reference;
import dev.isobar.provider.clusterapi.Surroundings;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.kube.api.ObjectApi;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what a machine needs of its cluster, once, when it is made. */
final class Surveyor {
  private static final String INFRASTRUCTURE = "infrastructure.cluster.x-k8s.io";

  private final ObjectApi api;

  Surveyor(ObjectApi api) {
    this.api = api;
  }

  /**
   * Where a machine belongs.
   *
   * @param zones where it may be, the best first; anywhere when empty
   */
  Surroundings.Look look(String namespace, OwnerCluster cluster, List<String> zones) {
    Optional<Reference> infrastructure =
        cluster.infrastructure().filter(one -> one.group().equals(INFRASTRUCTURE));
    String kind = infrastructure.map(Reference::kind).orElse("");
    String name = infrastructure.map(Reference::name).orElse("");
    return switch (kind) {
      case "OpenStackCluster" ->
          whole(namespace, name, openStack("v1beta1"), openStack("v1beta2"))
              .map(Surroundings::ofOpenStack)
              .orElseGet(() -> missing(kind, name));
      case "AWSCluster" ->
          whole(namespace, name, KubernetesKind.AWS_CLUSTER)
              .map(tree -> Surroundings.ofAws(tree, false, zones))
              .orElseGet(() -> missing(kind, name));
      case "AWSManagedCluster" -> managed(namespace, cluster, zones);
      default -> Surroundings.anywhere();
    };
  }

  private Surroundings.Look managed(String namespace, OwnerCluster cluster, List<String> zones) {
    String name = cluster.controlPlane().map(Reference::name).orElse("");
    return whole(namespace, name, KubernetesKind.AWS_MANAGED_CONTROL_PLANE)
        .map(tree -> Surroundings.ofAws(tree, true, zones))
        .orElseGet(() -> missing("AWSManagedControlPlane", name));
  }

  private static Surroundings.Look missing(String kind, String name) {
    return new Surroundings.Look.Missing(kind + " " + name);
  }

  /** Whatever version is served. */
  private static KubernetesKind openStack(String version) {
    return new KubernetesKind(
        INFRASTRUCTURE, version, "OpenStackCluster", "openstackclusters", true);
  }

  private Optional<Tree> whole(String namespace, String name, KubernetesKind... kinds) {
    var key = new ObjectKey(namespace, name);
    return name.isEmpty()
        ? Optional.empty()
        : Stream.of(kinds).flatMap(kind -> api.whole(kind, key).stream()).findFirst();
  }

  /** Only cloud-init's own format may be compressed: whatever else reads it does not unpack it. */
  Compression compression(String namespace, String bootstrapSecret) {
    boolean cloudInit =
        api.whole(KubernetesKind.SECRET, new ObjectKey(namespace, bootstrapSecret))
            .flatMap(secret -> secret.at("data", "format").text())
            .map(text -> new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8))
            .filter("cloud-config"::equals)
            .isPresent();
    return cloudInit ? Compression.Gzip : Compression.None;
  }
}
