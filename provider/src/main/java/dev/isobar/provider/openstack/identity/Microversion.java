package dev.isobar.provider.openstack.identity;

import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.openstack.rest.Trouble;
import java.util.Map;
import java.util.Optional;

/**
 * The version of Nova's API that is spoken: the newest one that both sides know.
 *
 * @param minor behind "2."; -1 when none is spoken
 */
record Microversion(int minor) {
  /** No version, for other services. */
  static final Microversion NONE = new Microversion(-1);

  /** Stein (2019): types of volumes, flavors with their extra specs, tags from the beginning. */
  private static final int OLDEST = 67;

  /** The newest whose changes were read and heeded; later ones may mean something else. */
  private static final int NEWEST = 96;

  /** Chooses by Nova's description of itself. */
  static Microversion choose(Tree description) {
    Optional<Integer> newest = minor(description.at("version"));
    Optional<Integer> oldest = minor(description.at("min_version"));
    if (newest.isEmpty() || newest.get() < OLDEST || oldest.orElse(1) > NEWEST) {
      throw Trouble.invalid(
          "Nova speaks versions %s to %s, but 2.%d is needed (OpenStack Stein or later)"
              .formatted(
                  description.at("min_version").text().orElse("none"),
                  description.at("version").text().orElse("none"),
                  OLDEST));
    }
    return new Microversion(Math.min(newest.get(), NEWEST));
  }

  private static Optional<Integer> minor(Tree version) {
    return version
        .text()
        .filter(text -> text.matches("2\\.[0-9]{1,4}"))
        .map(text -> Integer.parseInt(text.substring(2)));
  }

  Map<String, String> headers() {
    return minor < 0
        ? Map.of()
        : Map.of(
            "OpenStack-API-Version", "compute 2." + minor,
            "X-OpenStack-Nova-API-Version", "2." + minor);
  }
}
