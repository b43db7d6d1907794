package dev.isobar.e2e.sveltos;

import java.util.Map;

/**
 * An add-on that a claim brings itself, as it stands in {@code addons.extra}.
 *
 * @param fields of the entry
 */
record OwnAddon(Map<String, ?> fields) {
  /** A chart, installed into a namespace of its name. */
  static OwnAddon chart(String name, String repository, String version, Map<String, ?> values) {
    return new OwnAddon(
        Map.of(
            "name",
            name,
            "namespace",
            name,
            "chart",
            Map.of("repository", repository, "name", name, "version", version, "values", values)));
  }

  /** Objects. */
  static OwnAddon manifests(String name, String manifests) {
    return new OwnAddon(Map.of("name", name, "manifests", manifests));
  }
}
