package dev.isobar.function.compose.plan;

import dev.isobar.apis.compute.CloudObject;
import dev.isobar.apis.compute.CloudSpec;
import dev.isobar.apis.compute.LoadBalancer;
import dev.isobar.apis.platform.ControlPlane;
import dev.isobar.apis.platform.ExistingNetwork;
import dev.isobar.apis.platform.ManagedControlPlane;
import dev.isobar.apis.platform.Network;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.function.compose.cloud.Catalogue;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The choices that the infrastructure forbids to change. They are written down on the Cluster when
 * it is made; the API server refuses a change by the schema's own rules, and this refuses it where
 * those do not reach, for example when a claim was deleted and made again. Where the note is lost
 * or damaged, what exists says what was chosen, and the note is written again.
 */
public final class FixedFields {
  static final String LOAD_BALANCER = "network.api.loadBalancer";
  static final String SUBNETS = "network.existing.subnets";
  static final String SECRETS_KEY = "controlPlane.managed.secretsKey";

  /** Facts of the Cloud that are kept, and that no claim has a say in. */
  static final String REGION = "cloud.region";

  static final String SERVICE_BALANCER = "cloud.loadBalancer";

  private final PlatformClusterSpec spec;
  private final Catalogue cloud;
  private final ObservedCluster observed;
  private final FixedNote note;
  private final SortedMap<String, String> standing;
  private final Mistakes mistakes;

  FixedFields(
      PlatformClusterSpec spec, Catalogue cloud, ObservedCluster observed, Mistakes mistakes) {
    this.spec = spec;
    this.cloud = cloud;
    this.observed = observed;
    this.note = FixedNote.of(observed);
    this.standing = StandingChoices.of(observed);
    this.mistakes = mistakes;
  }

  void check() {
    if (!understood()) {
      return;
    }
    var wanted = choices(spec, cloud);
    wanted.remove(REGION);
    wanted.remove(SERVICE_BALANCER);
    if (spec.network().api().loadBalancer().isEmpty()) {
      wanted.remove(LOAD_BALANCER);
    }
    wanted.forEach((field, value) -> {
      // A choice that an earlier release did not write down was not one it offered.
      String before = note.lines().getOrDefault(field, standing.getOrDefault(field, value));
      boolean given = field.equals(SECRETS_KEY) && before.isEmpty();
      if (!given && !before.equals(value) && !value.equals(standing.get(field))) {
        mistakes.add(
            "spec." + field,
            "cannot be changed from " + shown(before) + " to " + shown(value),
            "set it back, or make a new cluster and move the work there");
      }
    });
  }

  /** Somebody may have written on the Cluster, or a release that knew more balancers. */
  private boolean understood() {
    boolean understood = true;
    for (String field : List.of(LOAD_BALANCER, SERVICE_BALANCER)) {
      String value = note.damaged().get(field);
      if (value != null && !standing.containsKey(field)) {
        understood = false;
        mistakes.add(
            "Cluster %s: metadata.annotations[%s]"
                .formatted(
                    observed.cluster().at("metadata", "name").text().orElse(""), Marks.FIXED),
            "%s is \"%s\", which is no load balancer".formatted(field, value),
            "the platform team must set it back to what the cluster began with: "
                + Arrays.stream(LoadBalancer.values())
                    .filter(one -> (one == LoadBalancer.NLB) == (usual(cloud) == LoadBalancer.NLB))
                    .map(Enum::name)
                    .collect(Collectors.joining(" or ")));
      }
    }
    return understood;
  }

  private static String shown(String value) {
    return value.isEmpty() ? "nothing" : value;
  }

  /**
   * The load balancer the cluster has or shall have; a Cloud's change of mind does not reach
   * clusters that exist.
   */
  static LoadBalancer loadBalancer(
      PlatformClusterSpec spec, Catalogue cloud, ObservedCluster observed) {
    return kept(observed, LOAD_BALANCER)
        .map(LoadBalancer::valueOf)
        .or(() -> spec.network().api().loadBalancer())
        .orElseGet(() -> usual(cloud));
  }

  /** EC2 has one kind alone, whatever its Cloud says for want of a default of its own. */
  private static LoadBalancer usual(Catalogue cloud) {
    return switch (cloud.spec().provider()) {
      case OpenStack -> cloud.spec().network().loadBalancer();
      case EC2 -> LoadBalancer.NLB;
    };
  }

  /** The balancer of Services, kept: a change would make every address of them anew. */
  static LoadBalancer serviceBalancer(Catalogue cloud, ObservedCluster observed) {
    return kept(observed, SERVICE_BALANCER)
        .map(LoadBalancer::valueOf)
        .orElseGet(() -> usual(cloud));
  }

  /** The region, kept: machines bear it in their ids. */
  static String region(Catalogue cloud, ObservedCluster observed) {
    return kept(observed, REGION).orElse(cloud.spec().region());
  }

  /**
   * The annotation for a Cluster: as it was, mended where it was damaged, or of the plan when it is
   * new.
   */
  public static String annotation(ClusterPlan plan, ObservedCluster observed) {
    SortedMap<String, String> planned = choices(plan.spec(), plan.cloud());
    planned.put(LOAD_BALANCER, plan.controlPlane().loadBalancer().name());
    planned.put(SERVICE_BALANCER, plan.controlPlane().serviceBalancer().name());
    planned.put(REGION, plan.controlPlane().region());
    return FixedNote.of(observed).mended(planned);
  }

  private static Optional<String> kept(ObservedCluster observed, String field) {
    return Optional.ofNullable(FixedNote.of(observed).lines().get(field))
        .or(() -> Optional.ofNullable(StandingChoices.of(observed).get(field)));
  }

  private static SortedMap<String, String> choices(PlatformClusterSpec spec, Catalogue cloud) {
    Network network = spec.network();
    var choices = new TreeMap<String, String>();
    choices.put("cloud", spec.cloud());
    choices.put(REGION, cloud.spec().region());
    choices.put(SERVICE_BALANCER, usual(cloud).name());
    choices.put("controlPlane.kind", spec.controlPlane().kind().name());
    choices.put("network.podCidr", network.podCidr().text());
    choices.put("network.serviceCidr", network.serviceCidr().text());
    choices.put("network.serviceDomain", network.serviceDomain());
    choices.put("network.cni", network.cni().name());
    choices.put("network.api.port", String.valueOf(network.api().port()));
    choices.put("network.api.publicAddress", String.valueOf(network.api().publicAddress()));
    choices.put("network.api.address", network.api().address().orElse(""));
    choices.put(LOAD_BALANCER, network.api().loadBalancer().orElseGet(() -> usual(cloud)).name());
    Optional<ExistingNetwork> existing = network.existing();
    choices.put(
        "network.existing.network",
        existing.map(ExistingNetwork::network).map(FixedFields::text).orElse(""));
    choices.put(
        "network.existing.subnet",
        existing.flatMap(ExistingNetwork::subnet).map(FixedFields::text).orElse(""));
    choices.put(
        "network.existing.router",
        existing.flatMap(ExistingNetwork::router).map(FixedFields::text).orElse(""));
    if (cloud.spec().provider() == CloudSpec.Provider.EC2) {
      choices.put(SUBNETS, existing.map(FixedFields::subnets).orElse(""));
    }
    if (spec.controlPlane().kind() == ControlPlane.Kind.Managed) {
      choices.put(SECRETS_KEY, secretsKey(spec));
    }
    if (existing.isEmpty()) {
      choices.put("network.nodeCidr", network.nodeCidr().text());
      choices.put("network.mtu", network.mtu().map(String::valueOf).orElse(""));
    }
    return choices;
  }

  private static String secretsKey(PlatformClusterSpec spec) {
    return spec.controlPlane().managed().flatMap(ManagedControlPlane::secretsKey).orElse("");
  }

  private static String subnets(ExistingNetwork existing) {
    return existing.subnets().stream().sorted().collect(Collectors.joining(","));
  }

  private static String text(CloudObject object) {
    return object.id().map(id -> "id " + id).orElseGet(() -> "name " + object.name().orElse(""));
  }
}
