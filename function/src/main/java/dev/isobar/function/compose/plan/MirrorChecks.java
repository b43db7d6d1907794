package dev.isobar.function.compose.plan;

import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.platform.RegistryMirror;
import dev.isobar.apis.settings.Settings;
import dev.isobar.apis.tree.Tree;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Checks that registries and their mirrors are hosts that can be asked: containerd takes the
 * scheme, host, port and path of an address and nothing else. Nodes that exist keep the files they
 * have.
 */
final class MirrorChecks {
  private static final String EXAMPLE = "https://mirror.example.org:5000";

  /** A host name, an IPv4 address, or an IPv6 address in brackets; then a port, then a path. */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "https?://([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+])"
              + "(:[0-9]*)?(/[^?#]*)?");

  private final List<RegistryMirror> claimed;
  private final Settings settings;
  private final ObservedCluster observed;
  private final Mistakes mistakes;

  MirrorChecks(
      PlatformClusterSpec spec, Settings settings, ObservedCluster observed, Mistakes mistakes) {
    this.claimed = spec.nodes().registryMirrors();
    this.settings = settings;
    this.observed = observed;
    this.mistakes = mistakes;
  }

  void check() {
    check(claimed, "spec.nodes.registryMirrors", "");
    // A cluster that exists may never take up what the settings have come to say.
    if (claimed.isEmpty() && !observed.begun()) {
      check(
          settings.defaults().registryMirrors(),
          "settings.defaults.registryMirrors",
          "the platform team must ");
    }
  }

  private void check(List<RegistryMirror> mirrors, String path, String who) {
    for (int i = 0; i < mirrors.size(); i++) {
      RegistryMirror mirror = mirrors.get(i);
      String place = path + "[" + i + "]";
      registryProblem(mirror.registry())
          .filter(_ -> !inUse(mirror.registry()))
          .ifPresent(problem ->
              mistakes.add(
                  place + ".registry",
                  problem,
                  who + "write the port that images are named with, or none"));
      for (int j = 0; j < mirror.endpoints().size(); j++) {
        String endpoint = mirror.endpoints().get(j);
        String where = place + ".endpoints[" + j + "]";
        problem(endpoint)
            .filter(_ -> !inUse(endpoint))
            .ifPresent(problem ->
                mistakes.add(where, problem, who + "write for example " + nearest(endpoint)));
      }
    }
  }

  private static Optional<String> registryProblem(String registry) {
    int colon = registry.indexOf(':');
    return colon < 0 ? Optional.empty() : WebAddress.portProblem(registry.substring(colon + 1));
  }

  private static Optional<String> problem(String endpoint) {
    return ADDRESS.matcher(endpoint).matches()
        ? WebAddress.problem(endpoint)
        : Optional.of(
            "\""
                + endpoint
                + "\" is no address of a registry: it has more than host, port and path, or a host"
                + " that cannot be");
  }

  private static String nearest(String endpoint) {
    return ADDRESS.matcher(endpoint).matches()
        ? WebAddress.withoutPort(endpoint, EXAMPLE)
        : EXAMPLE;
  }

  private boolean inUse(String text) {
    Tree files = observed.controlPlane().at("spec", "kubeadmConfigSpec", "files");
    return files.items().stream()
        .anyMatch(file ->
            file.at("path").text().filter(path -> path.contains("/" + text + "/")).isPresent()
                || file.at("content").text().filter(one -> one.contains(text)).isPresent());
  }
}
