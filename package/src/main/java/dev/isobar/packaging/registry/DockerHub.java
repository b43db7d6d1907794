package dev.isobar.packaging.registry;

import java.util.List;

/** Docker Hub has one name in references, another one as a server, and a third for passwords. */
final class DockerHub {
  private static final List<String> NAMES =
      List.of("docker.io", "index.docker.io", "registry-1.docker.io");

  private DockerHub() {}

  /** The host that serves a registry. */
  static String server(String registry) {
    return NAMES.contains(registry) ? "registry-1.docker.io" : registry;
  }

  /** What {@code docker login} may keep a registry's password under. */
  static List<String> keys(String registry) {
    return NAMES.contains(registry)
        ? List.of("https://index.docker.io/v1/", "docker.io", "index.docker.io")
        : List.of(registry);
  }
}
