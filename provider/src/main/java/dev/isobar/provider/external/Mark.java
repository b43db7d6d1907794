package dev.isobar.provider.external;

import java.util.Optional;
import java.util.function.Function;

/**
 * Whose machine it is, as its tags say.
 *
 * @param uid of the Instance it was made for
 * @param installation of the provider that made it, or keeps it; empty where somebody took the tag
 *     away
 * @param instance namespace and name of the Instance, as far as the tags still tell
 */
public record Mark(String uid, Optional<String> installation, String instance) {
  /** What the tags of a machine say whose it is, if they do. */
  public static Optional<Mark> read(Function<String, Optional<String>> tags) {
    return tags.apply(Subject.UID_TAG)
        .map(uid ->
            new Mark(
                uid,
                tags.apply(Subject.INSTALLATION_TAG),
                tags.apply(Subject.NAMESPACE_TAG).orElse("")
                    + "/"
                    + tags.apply(Subject.NAME_TAG).orElse("")));
  }
}
