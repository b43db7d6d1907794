package dev.isobar.function.compose.ec2;

import dev.isobar.apis.compute.Eks;
import dev.isobar.apis.compute.Eks.EksAddon;
import dev.isobar.apis.compute.Eks.EksVersion;
import dev.isobar.apis.platform.Api;
import dev.isobar.apis.platform.ManagedControlPlane;
import dev.isobar.apis.platform.ManagedControlPlane.Log;
import dev.isobar.apis.platform.Oidc;
import dev.isobar.apis.tree.Fields;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.capi.CapiObjects;
import dev.isobar.function.compose.capi.ControlPlaneObject;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.EksEntries;
import dev.isobar.function.compose.plan.ObservedCluster;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The AWSManagedControlPlane: a cluster of EKS and its VPC. The provider writes ids of what it
 * makes, endpoint and role into the same object; none of these is emitted.
 */
final class EksControlPlaneObject {
  /** NetworkPolicies are enforced, as with the pod networks of other clusters. */
  private static final String POLICIES = "{\"enableNetworkPolicy\":\"true\"}";

  private final ClusterPlan plan;
  private final ObservedCluster observed;
  private final EksEntries there;
  private final Optional<ManagedControlPlane> claim;

  private EksControlPlaneObject(ClusterPlan plan, ObservedCluster observed) {
    this.plan = plan;
    this.observed = observed;
    this.there = new EksEntries(observed);
    this.claim = plan.spec().controlPlane().managed();
  }

  static SortedMap<String, Object> of(ClusterPlan plan, ObservedCluster observed) {
    return CapiObjects.of(
            CapiObjects.CONTROL_PLANE + "/" + CapiObjects.VERSION,
            AwsObjects.MANAGED_CONTROL_PLANE_KIND,
            plan.id(),
            ControlPlaneObject.name(plan))
        .spec(new EksControlPlaneObject(plan, observed).spec(observed.controlPlane()))
        .map();
  }

  private Fields spec(Tree seen) {
    return Fields.with("region", plan.controlPlane().region())
        // Left out, it would be of the namespace and this object's name.
        .set("eksClusterName", plan.id().cluster())
        .set("version", plan.versions().target().tag())
        .set("identityRef", AwsObjects.identity(plan))
        .set("network", AwsNetwork.of(plan, seen))
        .set("endpointAccess", endpoint())
        .set(
            "accessConfig",
            // The provider lets its nodes in by the ConfigMap, all others come by entries.
            Fields.with("authenticationMode", "api_and_config_map")
                .set("bootstrapClusterCreatorAdminPermissions", true))
        .setUnlessEmpty("accessEntries", entries())
        .set("associateOIDCProvider", true)
        .set("oidcIdentityProviderConfig", plan.spec().security().oidc().map(this::login))
        .setUnlessEmpty("addons", addons(seen))
        .set("logging", logging())
        .set(
            "encryptionConfig",
            claim
                .flatMap(ManagedControlPlane::secretsKey)
                .map(key -> Fields.with("provider", key).set("resources", List.of("secrets"))))
        .set("upgradePolicy", support())
        .set("additionalTags", AwsObjects.tags(plan));
  }

  private String support() {
    return claim
        .map(ManagedControlPlane::support)
        .orElse(ManagedControlPlane.Support.Extended)
        .name()
        .toLowerCase(Locale.ROOT);
  }

  /** Nodes always come by the private way. */
  private Fields endpoint() {
    Api api = plan.spec().network().api();
    return Fields.with("private", true)
        .set("public", api.publicAddress())
        .setUnlessEmpty("publicCIDRs", plan.admitted());
  }

  private List<SortedMap<String, Object>> entries() {
    List<SortedMap<String, Object>> entries = new ArrayList<>();
    SortedSet<String> roles = roles();
    roles.forEach(role ->
        entries.add(Fields.with("principalARN", role).set("type", EksEntries.MACHINES).map()));
    Set<String> people = there.of(EksEntries.PEOPLE);
    claim.map(ManagedControlPlane::administrators).orElse(List.of()).stream()
        .filter(administrator -> people.contains(administrator) || !roles.contains(administrator))
        .sorted()
        .map(EksControlPlaneObject::administrator)
        .forEach(entries::add);
    return entries;
  }

  /**
   * Nodes that are there come by the role that their Cloud named then. A role has one entry: whom
   * it has let in already it goes on to.
   */
  private SortedSet<String> roles() {
    var roles = new TreeSet<String>(eks().flatMap(Eks::nodeRole).stream().toList());
    Set<String> machines = there.of(EksEntries.MACHINES);
    if (observed.mayHaveOwnMachines()) {
      roles.addAll(machines);
    }
    Set<String> people = there.of(EksEntries.PEOPLE);
    roles.removeIf(role -> people.contains(role) && !machines.contains(role));
    return roles;
  }

  private static SortedMap<String, Object> administrator(String arn) {
    String partition = arn.split(":", 3)[1];
    Fields policy =
        Fields.with(
                "policyARN",
                "arn:" + partition + ":eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy")
            .set("accessScope", Fields.with("type", "cluster"));
    return Fields.with("principalARN", arn)
        .set("type", EksEntries.PEOPLE)
        .set("accessPolicies", List.of(policy.map()))
        .map();
  }

  /** EKS knows one provider, by a name of our choice. */
  private Fields login(Oidc oidc) {
    Fields config =
        Fields.with("identityProviderConfigName", "oidc")
            .set("issuerUrl", oidc.issuer())
            .set("clientId", oidc.clientId())
            .set("usernameClaim", oidc.usernameClaim())
            .set("usernamePrefix", oidc.usernamePrefix().isEmpty() ? "-" : oidc.usernamePrefix());
    oidc.groupsClaim()
        .ifPresent(groups ->
            config.set("groupsClaim", groups).setUnlessEmpty("groupsPrefix", oidc.groupsPrefix()));
    return config;
  }

  /**
   * Those of the version that the API servers run, for EKS installs none of another; what is there
   * where the Cloud has the version no more.
   */
  private List<?> addons(Tree seen) {
    String minor = "1." + plan.versions().lowest().minor();
    Optional<EksVersion> version =
        eks().stream()
            .flatMap(eks -> eks.versions().stream())
            .filter(one -> one.kubernetes().equals(minor))
            .findFirst();
    return version
        .<List<?>>map(known ->
            known.addons().stream()
                .sorted(Comparator.comparing(EksAddon::name))
                .map(EksControlPlaneObject::addon)
                .toList())
        .orElseGet(() -> seen.at("spec", "addons").items().stream().map(Tree::plain).toList());
  }

  private static SortedMap<String, Object> addon(EksAddon addon) {
    return Fields.with("name", addon.name())
        .set("version", addon.version())
        .set(
            "configuration",
            addon
                .configuration()
                .or(() -> Optional.of(POLICIES).filter(_ -> addon.name().equals("vpc-cni"))))
        .set("conflictResolution", "overwrite")
        .map();
  }

  /** All of them always: left out, a log that was on would stay on. */
  private Fields logging() {
    List<Log> logs = claim.map(ManagedControlPlane::logs).orElse(List.of());
    return Fields.with("apiServer", logs.contains(Log.Api))
        .set("audit", logs.contains(Log.Audit))
        .set("authenticator", logs.contains(Log.Authenticator))
        .set("controllerManager", logs.contains(Log.ControllerManager))
        .set("scheduler", logs.contains(Log.Scheduler));
  }

  private Optional<Eks> eks() {
    return plan.cloud().spec().clusterApi().eks();
  }
}
