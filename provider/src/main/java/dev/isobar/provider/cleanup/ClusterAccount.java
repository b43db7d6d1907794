package dev.isobar.provider.cleanup;

import dev.isobar.apis.compute.ClusterCleanupStatus.Found;
import dev.isobar.provider.decide.Annotations;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Leftover;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * In which account a cluster is. A Secret, a ProviderConfig, or the name of one can come to lead to
 * another account; that this one has nothing of the cluster is no proof that nothing is left.
 *
 * @param config that leads there, as sentences name it
 * @param now the account it leads to
 * @param remembered the account it led to before; empty while nobody wrote that down
 * @param before what was found when somebody looked last
 * @param there what is found now
 */
public record ClusterAccount(
    String config,
    String now,
    Optional<String> remembered,
    List<Found> before,
    List<Leftover> there) {
  /** Whether it is the account that the cluster is in. */
  public sealed interface Finding {
    /** It is, and that is written down. */
    record Known() implements Finding {}

    /** It is, as far as anybody can tell; to be written down before anything is decided. */
    record News() implements Finding {}

    /** It is not, or may not be: nothing is removed, and nothing ends. */
    record Elsewhere(Failure why) implements Finding {}
  }

  /**
   * What is seen again by its id is there, also where a region got another name. Cleanups of
   * earlier versions remember no account, but what they found.
   */
  public Finding finding() {
    if (remembered.filter(now::equals).isPresent()) {
      return new Finding.Known();
    }
    if (remembered.isPresent()) {
      return seenAgain() ? new Finding.News() : elsewhere(moved(remembered.get()));
    }
    return before.isEmpty() || !there.isEmpty() ? new Finding.News() : elsewhere(vanished());
  }

  private boolean seenAgain() {
    Set<String> ids = before.stream().map(Found::id).collect(Collectors.toUnmodifiableSet());
    return there.stream().map(Leftover::id).anyMatch(ids::contains);
  }

  private static Finding elsewhere(String words) {
    return new Finding.Elsewhere(new Failure.InvalidConfiguration(CloudWords.ours(words)));
  }

  private String moved(String former) {
    return "the cluster is in account %s, and %s leads to %s; give it back its former credentials, or set annotation %s of this object to where the cluster is"
        .formatted(former, config, now, Annotations.ACCOUNT);
  }

  private String vanished() {
    Found first = before.getFirst();
    String more = before.size() > 1 ? " and " + (before.size() - 1) + " more" : "";
    return "%s leads to account %s, which has nothing of what was found before (%s %s%s); give it back its former credentials, or set annotation %s of this object to that account if it is right"
        .formatted(config, now, first.kind(), first.id(), more, Annotations.ACCOUNT);
  }
}
