package dev.isobar.provider.kube.account;

import dev.isobar.apis.compute.AssumedRole;
import dev.isobar.apis.compute.CloudEndpoints;
import dev.isobar.apis.compute.CloudSpec;
import dev.isobar.apis.compute.LabelSelector;
import dev.isobar.apis.compute.ProviderConfigStatus;
import dev.isobar.apis.compute.SecretEntry;
import dev.isobar.provider.decide.ObjectKey;
import java.util.List;
import java.util.Optional;

/**
 * A ProviderConfig of either kind.
 *
 * @param deleting whether its deletion was asked for
 * @param holds the Secret that it holds, or is about to hold
 */
public record ConfigObject(
    ConfigKey key,
    String uid,
    String resourceVersion,
    long generation,
    boolean deleting,
    List<String> finalizers,
    Optional<ObjectKey> holds,
    Terms terms,
    ProviderConfigStatus status) {
  /** What keeps it while somebody uses it; Crossplane's name, as for every provider. */
  static final String FINALIZER = "in-use.crossplane.io";

  /** Annotation: namespace and name of the Secret that it holds. */
  static final String HOLDS = "isobar.dev/holds-secret";

  /**
   * What it says.
   *
   * @param allowed namespaces that may use it; all when empty
   * @param secret where credentials are; the pod's own identity when empty
   * @param entry of the clouds.yaml, or profile of the INI file
   */
  record Terms(
      CloudSpec.Provider provider,
      String region,
      Optional<LabelSelector> allowed,
      Optional<SecretPlace> secret,
      String entry,
      Optional<AssumedRole> role,
      CloudEndpoints endpoints) {}

  /** A key of a Secret in some namespace. */
  record SecretPlace(String namespace, SecretEntry entry) {
    ObjectKey object() {
      return new ObjectKey(namespace, entry.name());
    }
  }

  boolean hasFinalizer() {
    return finalizers.contains(FINALIZER);
  }

  /** Whether it reads this Secret. */
  boolean reads(ObjectKey secret) {
    return terms.secret().filter(place -> place.object().equals(secret)).isPresent();
  }

  /** Whether somebody wants something else of it than before. */
  boolean wantsOtherThan(ConfigObject before) {
    return generation != before.generation
        || deleting != before.deleting
        || !finalizers.equals(before.finalizers);
  }
}
