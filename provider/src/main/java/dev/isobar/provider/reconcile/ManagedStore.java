package dev.isobar.provider.reconcile;

import dev.isobar.apis.compute.InstanceStatus;
import dev.isobar.apis.compute.SecretEntry;
import dev.isobar.provider.decide.Change;
import dev.isobar.provider.decide.Managed;
import dev.isobar.provider.decide.Notice;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.SecretBytes;
import java.util.Map;
import java.util.Optional;

/**
 * Where Instances are kept: what the loop needs of Kubernetes. Every write proves with the resource
 * version of its base that nobody wrote meanwhile, and is stored whole or not at all.
 */
public interface ManagedStore {
  /** The object as it was some moments ago; empty when it is gone. Costs nothing. */
  Optional<Managed> cached(ObjectKey key);

  /** The object with this UID, as {@link #cached} has it; costs a glance at each. */
  Optional<Managed> owner(String uid);

  /**
   * Whether {@link #cached} knows all objects there are; not at once after a start. What it does
   * not know by then does not exist.
   */
  boolean complete();

  /** The object as it is now. */
  Stored read(ObjectKey key);

  /** Stores a change of an object's annotations and finalizers, and nothing else of it. */
  Stored change(Managed base, Change change);

  /** Stores an object's status, and nothing else of it. */
  Stored report(Managed base, InstanceStatus status);

  /**
   * Adds details to the connection Secret the spec names, and makes it when it does not exist. A
   * Secret that somebody else owns is left alone. Writes nothing when nothing would change.
   *
   * @return what went wrong, for the object's user; empty when the details are stored
   */
  Optional<String> publish(Managed owner, Map<String, String> details);

  /** A key of a Secret; empty when there is no such Secret or key, failed when nobody can tell. */
  Response<Optional<SecretBytes>> secret(String namespace, SecretEntry entry);

  /** Sends an event about an object; that this fails is nobody's concern. */
  void send(Managed about, Notice notice);

  /** What came of reading or writing. */
  sealed interface Stored {
    /** The object as it is now. */
    record Current(Managed managed) implements Stored {}

    /** Somebody else wrote meanwhile; nothing was stored. */
    record Conflict() implements Stored {}

    /** The object does not exist; nothing was stored. */
    record Gone() implements Stored {}

    /** Nobody knows whether it was stored. */
    record Unavailable(String why) implements Stored {}
  }
}
