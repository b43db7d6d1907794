package dev.isobar.provider.decide;

import dev.isobar.apis.compute.InstanceSpec;
import dev.isobar.apis.compute.InstanceStatus;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An Instance as it is stored.
 *
 * @param resourceVersion of this reading; whoever writes proves with it that nobody wrote meanwhile
 * @param deleting whether its deletion was asked for
 */
public record Managed(
    ObjectKey key,
    String uid,
    String resourceVersion,
    long generation,
    boolean deleting,
    List<String> finalizers,
    SortedMap<String, String> annotations,
    InstanceSpec spec,
    InstanceStatus status) {
  /** What keeps an object until its machine is gone; Crossplane's name, as for every provider. */
  public static final String FINALIZER = "finalizer.managedresource.crossplane.io";

  /** The value of an annotation; an empty one counts as none. */
  public Optional<String> annotation(String name) {
    return Optional.ofNullable(annotations.get(name)).filter(value -> !value.isEmpty());
  }

  /** The id of its machine, when one is known. */
  public Optional<String> externalName() {
    return annotation(Annotations.EXTERNAL_NAME);
  }

  /** The ProviderConfig it names, as its annotation remembers one. */
  public String config() {
    return spec.providerConfigRef().kind() + "/" + spec.providerConfigRef().name();
  }

  /**
   * The ProviderConfig through which its machine was made, or what a refused creation left behind,
   * if it names another one now.
   */
  public Optional<String> formerConfig() {
    CreationRecord creation = creation();
    boolean made =
        externalName().isPresent() || creation.uncertain() || creation.lateUntil().isPresent();
    return annotation(Annotations.CONFIG).filter(before -> made && !before.equals(config()));
  }

  /** Whether its finalizer is set. */
  public boolean hasFinalizer() {
    return finalizers.contains(FINALIZER);
  }

  /** Whether somebody else must let go of it before its machine may be deleted. */
  public boolean heldByOthers() {
    return finalizers.stream().anyMatch(finalizer -> !finalizer.equals(FINALIZER));
  }

  /** Whether nobody shall touch it. */
  public boolean paused() {
    return "true".equals(annotations.get(Annotations.PAUSED));
  }

  /** Whether somebody asks for a look, and has not got it. */
  public boolean asksForLook() {
    Optional<String> token = annotation(Annotations.RECONCILE_REQUESTED_AT);
    return token.isPresent() && !token.equals(status.lastHandledReconcileAt());
  }

  /** What is known of the creations of its machine. */
  public CreationRecord creation() {
    return CreationRecord.of(this);
  }

  /** The same object with a change of its metadata, for stand-ins and tests; not yet stored. */
  public Managed with(Change change) {
    var changed = new TreeMap<>(annotations);
    change
        .annotations()
        .forEach((name, value) ->
            value.ifPresentOrElse(text -> changed.put(name, text), () -> changed.remove(name)));
    return new Managed(
        key,
        uid,
        resourceVersion,
        generation,
        deleting,
        change.finalizers(finalizers),
        changed,
        spec,
        status);
  }
}
