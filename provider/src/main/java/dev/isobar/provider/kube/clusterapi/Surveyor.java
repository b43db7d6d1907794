package dev.isobar.provider.kube.clusterapi;

import dev.isobar.apis.compute.UserDataSource.Compression;
import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.clusterapi.OwnerCluster;
import dev.isobar.provider.clusterapi.OwnerCluster.Reference;
import dev.isobar.provider.clusterapi.Surroundings;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.kube.api.ApiAnswer;
import dev.isobar.provider.kube.api.ApiObject;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.kube.api.ObjectApi;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads what a machine needs of its cluster, once, when it is made. */
final class Surveyor {
  private static final String INFRASTRUCTURE = "infrastructure.cluster.x-k8s.io";

  /** Where the infrastructure of a cluster is its control plane, as it may be on EKS. */
  private static final String CONTROL_PLANE = "controlplane.cluster.x-k8s.io";

  /** Of infrastructure that Cluster API's provider leaves alone; whatever its value is. */
  private static final String MANAGED_BY = "cluster.x-k8s.io/managed-by";

  /** How data begins that nothing but cloud-init reads. */
  private static final List<String> CLOUD_INIT = List.of("#cloud-config", "## template: jinja");

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
        cluster
            .infrastructure()
            .filter(one -> List.of(INFRASTRUCTURE, CONTROL_PLANE).contains(one.group()));
    String kind = infrastructure.map(Reference::kind).orElse("");
    String name = infrastructure.map(Reference::name).orElse("");
    return switch (kind) {
      case "OpenStackCluster" ->
          read(
              new ObjectKey(namespace, name),
              List.of(openStack("v1beta1"), openStack("v1beta2")),
              Surroundings::ofOpenStack);
      case "AWSCluster" ->
          read(
              new ObjectKey(namespace, name),
              List.of(KubernetesKind.AWS_CLUSTER),
              tree -> Surroundings.ofAws(tree, false, zones));
      case "AWSManagedCluster", "AWSManagedControlPlane" -> managed(namespace, cluster, zones);
      default -> Surroundings.anywhere();
    };
  }

  private Surroundings.Look managed(String namespace, OwnerCluster cluster, List<String> zones) {
    String name = cluster.controlPlane().map(Reference::name).orElse("");
    return read(
        new ObjectKey(namespace, name),
        List.of(KubernetesKind.AWS_MANAGED_CONTROL_PLANE),
        tree -> Surroundings.ofAws(tree, true, zones));
  }

  /**
   * What an object tells, in whatever version is served. That it is not there only an answer says:
   * what was refused, or failed, is told.
   */
  private Surroundings.Look read(
      ObjectKey key, List<KubernetesKind> versions, Function<Tree, Surroundings.Look> meaning) {
    String object = versions.getFirst().kind() + " " + key.name();
    if (key.name().isEmpty()) {
      return new Surroundings.Look.Missing(object);
    }
    Set<String> problems = new LinkedHashSet<>();
    for (KubernetesKind version : versions) {
      switch (api.get(version, key)) {
        case ApiAnswer.Current(var found) -> {
          return told(found, meaning.apply(found.content()));
        }
        case ApiAnswer.Missing(), ApiAnswer.Conflict() -> {
          return new Surroundings.Look.Missing(object);
        }
        case ApiAnswer.Forbidden(var why) ->
            problems.add(why + " (platform team: apply package/capi-bridge of this release)");
        case ApiAnswer.Unavailable(var why) -> problems.add(why);
      }
    }
    return new Surroundings.Look.Missing(
        object + ", which cannot be read: " + String.join(", ", problems));
  }

  /**
   * Says who writes what is missing: not Cluster API's provider where somebody else manages the
   * object, whose status is to say the same all the same.
   */
  private static Surroundings.Look told(ApiObject object, Surroundings.Look look) {
    return look instanceof Surroundings.Look.Missing(var what)
        ? new Surroundings.Look.Missing(what + ", which " + writer(object) + " writes")
        : look;
  }

  private static String writer(ApiObject object) {
    return Optional.ofNullable(object.annotations().get(MANAGED_BY))
        .map("whoever manages that (annotation %s: \"%%s\")".formatted(MANAGED_BY)::formatted)
        .orElse("Cluster API's provider");
  }

  private static KubernetesKind openStack(String version) {
    return new KubernetesKind(
        INFRASTRUCTURE, version, "OpenStackCluster", "openstackclusters", true);
  }

  /**
   * Only cloud-init's own format may be compressed: whatever else reads it does not unpack it. The
   * contract asks for no key with the format, so where there is none the data tells. Empty when the
   * Secret cannot be read.
   */
  Optional<Compression> compression(String namespace, String bootstrapSecret) {
    return api.whole(KubernetesKind.SECRET, new ObjectKey(namespace, bootstrapSecret))
        .map(secret -> isOfCloudInit(secret.at("data")) ? Compression.Gzip : Compression.None);
  }

  private static boolean isOfCloudInit(Tree data) {
    Optional<String> format = decoded(data.at("format"));
    return format.isPresent()
        ? format.get().equals("cloud-config")
        : decoded(data.at("value"))
            .filter(text -> CLOUD_INIT.stream().anyMatch(text::startsWith))
            .isPresent();
  }

  private static Optional<String> decoded(Tree entry) {
    return entry
        .text()
        .map(text -> new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
  }
}
