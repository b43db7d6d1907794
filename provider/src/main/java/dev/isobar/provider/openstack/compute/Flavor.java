package dev.isobar.provider.openstack.compute;

import dev.isobar.apis.tree.Tree;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A machine type.
 *
 * @param id empty where Nova shows it inside a server
 * @param memory in MiB
 * @param disk root disk in GiB; 0 when a volume has to give it
 * @param specs what else it says of itself, for schedulers and hypervisors
 */
public record Flavor(
    String id, String name, int cpu, int memory, int disk, SortedMap<String, String> specs) {
  /** Reads an entry of {@code GET /flavors/detail}. */
  static Flavor of(Tree flavor) {
    return read(flavor, flavor.at("name").text(), new SharedTexts());
  }

  /** Reads what Nova shows of a flavor inside a server. */
  static Flavor inServer(Tree flavor, SharedTexts shared) {
    return read(flavor, flavor.at("original_name").text(), shared);
  }

  private static Flavor read(Tree flavor, Optional<String> name, SharedTexts shared) {
    return new Flavor(
        flavor.at("id").text().orElse(""),
        shared.of(name.orElse("")),
        whole(flavor, "vcpus"),
        whole(flavor, "ram"),
        whole(flavor, "disk"),
        Server.texts(flavor.at("extra_specs"), shared));
  }

  private static int whole(Tree flavor, String field) {
    return flavor.at(field).whole().map(Math::toIntExact).orElse(0);
  }
}
