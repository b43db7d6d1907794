package dev.isobar.testbed.crossplane;

import dev.isobar.apis.tree.Tree;
import dev.isobar.testbed.certificate.Authority;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.process.CannotRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Does for revisions of packages what core does with Deployments where there are nodes: makes
 * certificates, says where the program is reached, and that it is well. Core leaves all that to
 * others with {@code --package-runtime=External}.
 */
public final class PackageRuntime {
  private static final String HEALTHY = "RuntimeHealthy";

  private final Kubernetes kubernetes;
  private final Authority authority;
  private final Path folder;

  PackageRuntime(Kubernetes kubernetes, Authority authority, Path folder) {
    this.kubernetes = kubernetes;
    this.authority = authority;
    this.folder = folder;
  }

  /**
   * Lets core take a program for a function's.
   *
   * @param revision of the function
   * @param port where it listens, or will, on 127.0.0.1
   * @return a folder with its tls.crt, tls.key and ca.crt, signed by core's authority
   */
  public Path function(String revision, int port) {
    return run("FunctionRevision", revision, Map.of("endpoint", "127.0.0.1:" + port));
  }

  /** Lets core take a provider's program for one that runs; it is never called. */
  public void provider(String revision) {
    var _ = run("ProviderRevision", revision, Map.of());
  }

  private Path run(String kind, String revision, Map<String, String> fields) {
    Path certificates = authority.server(folder.resolve("tls-" + revision), Instant.now());
    String secret = revision + "-tls";
    var _ =
        kubernetes.apply(
            Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Secret",
                "metadata",
                Map.of("namespace", Core.NAMESPACE, "name", secret),
                "stringData",
                contents(certificates)));
    Reference reference = new Kind("pkg.crossplane.io/v1", kind).named(revision);
    var conditions = new ArrayList<Object>();
    for (Tree other : kubernetes.get(reference).at("status", "conditions").items()) {
      if (other.at("type").text().filter(HEALTHY::equals).isEmpty()) {
        conditions.add(other.plain());
      }
    }
    conditions.add(
        Map.of(
            "type",
            HEALTHY,
            "status",
            "True",
            "reason",
            "HealthyPackageRuntime",
            "lastTransitionTime",
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()));
    var status = new TreeMap<String, Object>(fields);
    status.put("tlsServerSecretName", secret);
    status.put("conditions", conditions);
    var _ = kubernetes.patchStatus(reference, status);
    return certificates;
  }

  private static Map<String, String> contents(Path certificates) {
    var contents = new TreeMap<String, String>();
    for (String file : List.of("tls.crt", "tls.key", "ca.crt")) {
      try {
        contents.put(file, Files.readString(certificates.resolve(file)));
      } catch (IOException unreadable) {
        throw new CannotRun("cannot read certificates in " + certificates, unreadable);
      }
    }
    return contents;
  }
}
