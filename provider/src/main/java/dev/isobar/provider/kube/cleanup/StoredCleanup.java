package dev.isobar.provider.kube.cleanup;

import dev.isobar.apis.compute.ClusterCleanupSpec;
import dev.isobar.apis.compute.ClusterCleanupStatus;
import dev.isobar.apis.decode.Decoded;
import dev.isobar.apis.decode.Decoder;
import dev.isobar.provider.decide.Annotations;
import dev.isobar.provider.decide.Managed;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.kube.account.ConfigKey;
import dev.isobar.provider.kube.account.ConfigUser;
import dev.isobar.provider.kube.api.ApiObject;
import dev.isobar.provider.kube.api.KubernetesKind;
import java.util.List;
import java.util.Optional;

/**
 * A ClusterCleanup as the API server has it.
 *
 * @param paused whether nothing shall be done with it
 * @param account its cluster is in, as it is remembered; empty before that was written down
 * @param requested when somebody asked for a look at once; any text, empty when nobody did
 */
record StoredCleanup(
    ObjectKey key,
    String uid,
    String resourceVersion,
    long generation,
    boolean deleting,
    boolean paused,
    Optional<String> account,
    String requested,
    List<String> finalizers,
    ClusterCleanupSpec spec,
    ClusterCleanupStatus status) {
  private static final Decoder<ClusterCleanupSpec> SPEC =
      Decoder.of(ClusterCleanupSpec.class).lenient();
  private static final Decoder<ClusterCleanupStatus> STATUS =
      Decoder.of(ClusterCleanupStatus.class).lenient();

  /** Reads one; the API server has checked it. A status that makes no sense is as none. */
  static Optional<StoredCleanup> read(ApiObject object) {
    return SPEC.decode(object.content().at("spec"), "spec")
            instanceof Decoded.Valid<ClusterCleanupSpec>(var spec)
        ? Optional.of(
            new StoredCleanup(
                object.key(),
                object.uid(),
                object.resourceVersion(),
                object.generation(),
                object.deletedAt().isPresent(),
                object.annotations().getOrDefault(Annotations.PAUSED, "").equals("true"),
                Optional.ofNullable(object.annotations().get(Annotations.ACCOUNT)),
                object.annotations().getOrDefault(Annotations.RECONCILE_REQUESTED_AT, ""),
                object.finalizers(),
                spec,
                status(object)))
        : Optional.empty();
  }

  private static ClusterCleanupStatus status(ApiObject object) {
    return switch (STATUS.decode(object.content().at("status"), "status")) {
      case Decoded.Valid<ClusterCleanupStatus>(var status) -> status;
      case Decoded.Invalid<ClusterCleanupStatus> _ -> ClusterCleanupStatus.NONE;
    };
  }

  /** Whether it waits for us before it goes. */
  boolean held() {
    return finalizers.contains(Managed.FINALIZER);
  }

  /** As a user of its ProviderConfig. */
  ConfigUser user() {
    return new ConfigUser(
        KubernetesKind.CLUSTER_CLEANUP, key, uid, ConfigKey.of(spec.providerConfigRef(), key));
  }

  /** Whether somebody wants something else of it than before. */
  boolean wantsOtherThan(StoredCleanup before) {
    return generation != before.generation
        || deleting != before.deleting
        || paused != before.paused
        || !account.equals(before.account)
        || !uid.equals(before.uid)
        || !finalizers.equals(before.finalizers)
        || !requested.equals(before.requested);
  }
}
