package dev.isobar.packaging.runtime;

import java.nio.file.Path;

/** Calls a function as it will be called, so that what it then loads and compiles is known. */
@FunctionalInterface
public interface Rehearsal {
  /**
   * Calls it for a while.
   *
   * @param address host and port where it listens, with mutual TLS
   * @param certificates a folder with tls.crt, tls.key and ca.crt that serve both sides
   */
  void play(String address, Path certificates);
}
