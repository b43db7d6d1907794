package dev.isobar.provider.decide;

import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.SecretBytes;
import java.util.List;
import java.util.Optional;

/** What a creation needs to know beforehand. */
public sealed interface Preparation {
  /** Nobody asked yet. */
  record Open() implements Preparation {}

  /**
   * All is there.
   *
   * @param types machine types in the order they are tried
   */
  record Complete(
      List<String> types, Optional<SecretBytes> userData, Optional<SecretBytes> publicKey)
      implements Preparation {}

  /** Something is missing. */
  record Incomplete(Failure failure) implements Preparation {}
}
