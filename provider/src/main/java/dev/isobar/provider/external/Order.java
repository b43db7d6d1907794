package dev.isobar.provider.external;

import dev.isobar.apis.compute.InstanceParameters;
import java.util.Objects;
import java.util.Optional;

/**
 * A machine to make.
 *
 * @param token tells creations apart: the same for every try of one creation
 * @param offer the machine type and zone of this try, instead of those in {@code wanted}
 * @param userData for its first start, as the Secret holds it: neither compressed nor encoded
 * @param publicKey to log in with, when {@code wanted} takes it from a Secret
 */
public record Order(
    Subject subject,
    CreationToken token,
    Offer offer,
    InstanceParameters wanted,
    Optional<SecretBytes> userData,
    Optional<SecretBytes> publicKey) {
  /** Nothing may be null. */
  public Order {
    Objects.requireNonNull(subject);
    Objects.requireNonNull(token);
    Objects.requireNonNull(offer);
    Objects.requireNonNull(wanted);
  }
}
