package dev.isobar.provider.external;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that was made for an Instance besides its machine.
 *
 * @param kind for people: port, public address, key pair, volume
 * @param uid of the Instance
 * @param machine that has it
 * @param since when it was made, where the cloud tells
 * @param kept whether it outlived its machine, which it only does when a spec says so
 */
public record Belonging(
    String kind,
    String id,
    String uid,
    Optional<String> machine,
    Optional<Instant> since,
    boolean kept) {
  /** Something that no spec keeps. */
  public Belonging(
      String kind, String id, String uid, Optional<String> machine, Optional<Instant> since) {
    this(kind, id, uid, machine, since, false);
  }
}
