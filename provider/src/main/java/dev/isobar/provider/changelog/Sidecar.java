package dev.isobar.provider.changelog;

import java.util.Optional;

/** Whoever keeps the entries. */
public interface Sidecar extends AutoCloseable {
  /** An entry as it is sent; never empty. Called on the thread that performed the operation. */
  byte[] encode(ChangeLogEntry entry);

  /**
   * Hands over an entry, and waits for as long as it may take. It may arrive twice. Called on one
   * thread, again and again, whatever came of it before.
   *
   * @return why it was not taken, or nobody knows; empty when it was
   */
  Optional<String> send(byte[] entry);

  @Override
  void close();
}
