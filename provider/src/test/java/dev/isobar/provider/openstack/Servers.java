package dev.isobar.provider.openstack;

import dev.isobar.provider.openstack.compute.Flavor;
import dev.isobar.provider.openstack.compute.Server;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Servers to look at in tests. */
final class Servers {
  private Servers() {}

  static Server in(String status, String task) {
    return of(
        status,
        Optional.of(task).filter(word -> !word.isEmpty()),
        Map.of(),
        Set.of(),
        false,
        Optional.empty());
  }

  static Server labelled(Map<String, String> metadata, Set<String> tags) {
    return of("ACTIVE", Optional.empty(), metadata, tags, false, Optional.empty());
  }

  /** One that runs on a host whose service is in this state. */
  static Server on(String host) {
    return of("ACTIVE", Optional.empty(), Map.of(), Set.of(), false, Optional.of(host));
  }

  static Server locked() {
    return of("ACTIVE", Optional.empty(), Map.of(), Set.of(), true, Optional.empty());
  }

  private static Server of(
      String status,
      Optional<String> task,
      Map<String, String> metadata,
      Set<String> tags,
      boolean locked,
      Optional<String> host) {
    return new Server(
        "server-1",
        status,
        task,
        new TreeMap<>(metadata),
        new TreeSet<>(tags),
        locked,
        new TreeSet<>(Set.of("default")),
        Opened.NOW,
        Opened.NOW,
        host,
        true,
        Optional.empty(),
        Optional.of("nova"),
        flavor("m1.tiny", Map.of()),
        Optional.of("image-1"),
        List.of(),
        List.of());
  }

  static Flavor flavor(String name, Map<String, String> specs) {
    return new Flavor("id-of-" + name, name, 8, 65536, 100, new TreeMap<>(specs));
  }
}
