package dev.isobar.e2e.story;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.input.Flavour;
import dev.isobar.cli.yaml.ManifestParsing;
import dev.isobar.cli.yaml.Plain;
import dev.isobar.testbed.apiserver.AuditLog;
import dev.isobar.testbed.apiserver.Write;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.kubernetes.Refusal;
import dev.isobar.testbed.plane.ControlPlane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The GPU lab of the examples, with a Cloud and namespaces of its own.
 *
 * @param name of the Cloud, and the beginning of the namespaces
 */
public record Scene(ControlPlane plane, String name) {
  private static final String STORY = "openstack-gpu-lab";
  private static final int LEAST_CALLS = 5;
  private static final int MOST_CALLS = 20;

  /** Makes the Cloud and the namespaces. */
  public static Scene set(ControlPlane plane, String name, String... namespaces) {
    var scene = new Scene(plane, name);
    for (String namespace : namespaces) {
      plane.kubernetes().makeNamespace(namespace, Map.of());
    }
    scene.cloud(_ -> {});
    return scene;
  }

  /** Applies the Cloud, changed. */
  public void cloud(Consumer<Map<String, @Nullable Object>> change) {
    var cloud = document("cloud.yaml");
    rename(cloud, name, "");
    change.accept(spec(cloud));
    var _ = kubernetes().apply(cloud);
  }

  /** Has the Cloud say how it is, as whoever discovers it does. */
  public void says(String status, String reason, String message) {
    var _ =
        kubernetes()
            .patchStatus(
                Kind.CLOUD.named(name),
                Map.of(
                    "conditions",
                    List.of(
                        Map.of(
                            "type", "Ready",
                            "status", status,
                            "reason", reason,
                            "message", message,
                            "lastTransitionTime", "2026-01-01T00:00:00Z"))));
  }

  /**
   * Has the Cloud's credentials lie beside the claims of a namespace, where a Usage protects them.
   *
   * @return the Secret
   */
  public Reference credentialsIn(String namespace) {
    Reference secret = Kind.SECRET.named(namespace, "openstack-credentials");
    var _ =
        kubernetes()
            .apply(
                Map.of(
                    "apiVersion",
                    "v1",
                    "kind",
                    "Secret",
                    "metadata",
                    Map.of("name", secret.name(), "namespace", namespace),
                    "stringData",
                    Map.of("clouds.yaml", "clouds: {}")));
    cloud(spec ->
        spec.put(
            "clusterApi",
            Map.of(
                "identityRef",
                Map.of("kind", "Secret", "name", secret.name()),
                "gpuMachines",
                "Isobar")));
    return secret;
  }

  /**
   * Applies a claim for a cluster, changed; an existing one becomes the same as a new one would.
   */
  public Reference claim(
      String namespace, String cluster, Consumer<Map<String, @Nullable Object>> change) {
    var claim = document("claim.yaml");
    rename(claim, cluster, namespace);
    Map<String, @Nullable Object> spec = spec(claim);
    spec.put("cloud", name);
    change.accept(spec);
    var _ = kubernetes().apply(claim);
    return Kind.CLAIM.named(namespace, cluster);
  }

  /** Applies a claim for a cluster. */
  public Reference claim(String namespace, String cluster) {
    return claim(namespace, cluster, _ -> {});
  }

  /** The composite of a claim that is bound; the object itself where there are no claims. */
  public Tree composite(Reference claim) {
    Tree object = kubernetes().get(claim);
    if (plane.options().flavour() == Flavour.NAMESPACED) {
      return object;
    }
    String bound =
        object
            .at("spec", "resourceRef", "name")
            .text()
            .orElseThrow(() -> new AssertionError(claim + " is not bound to a composite"));
    var composites = new Kind(claim.kind().apiVersion(), "X" + claim.kind().name());
    return kubernetes().get(composites.named(bound));
  }

  /** What a composite says it is composed of. */
  public List<Reference> composed(Tree composite) {
    List<Tree> references =
        composite.at("spec", "resourceRefs").exists()
            ? composite.at("spec", "resourceRefs").items()
            : composite.at("spec", "crossplane", "resourceRefs").items();
    var composed = new ArrayList<Reference>();
    for (Tree reference : references) {
      composed.add(
          new Reference(
              new Kind(
                  reference.at("apiVersion").text().orElse(""),
                  reference.at("kind").text().orElse("")),
              reference
                  .at("namespace")
                  .text()
                  .orElse(composite.at("metadata", "namespace").text().orElse("")),
              reference.at("name").text().orElse("")));
    }
    return composed;
  }

  /** What is composed, with the version that each object has now. */
  public Set<String> versions(Tree composite) {
    var versions = new TreeSet<String>();
    for (Reference reference : composed(composite)) {
      versions.add(
          reference
              + " "
              + kubernetes().get(reference).at("metadata", "resourceVersion").text().orElse(""));
    }
    return versions;
  }

  /**
   * Has core ask the function again, by a label of the Cloud which nobody reads.
   *
   * @param round other than in any call before
   * @param composites that are asked for, all of this Cloud
   */
  public void askAgain(String round, Await await, Tree... composites) {
    List<Long> asked = Stream.of(composites).map(this::calls).toList();
    AuditLog audit = plane.server().audit();
    long mark = audit.mark();
    var _ =
        kubernetes()
            .patch(
                Kind.CLOUD.named(name),
                Map.of("metadata", Map.of("labels", Map.of("example.org/round", round))));
    for (int i = 0; i < composites.length; i++) {
      Tree composite = composites[i];
      long before = asked.get(i);
      var _ =
          await.until("core asks the function again", () -> calls(composite), now -> now > before);
      String status = name(composite) + "/status";
      var _ =
          await.until(
              "core has written what it was told, the status last",
              () -> audit.since(mark),
              writes -> writes.stream().map(Write::object).anyMatch(isOne(status)));
    }
  }

  /**
   * Has core ask until that changes nothing. It may read a composite as it was before its last
   * write, and then writes twice: what it had read, and what it is told.
   *
   * @return the state that the claims rest in
   */
  public String rest(Await await, Reference... claims) {
    Tree[] composites = Stream.of(claims).map(this::composite).toArray(Tree[]::new);
    String last = state(claims);
    for (int call = 0; call < MOST_CALLS; call++) {
      askAgain("until-it-rests-" + call, await, composites);
      String now = state(claims);
      if (call >= LEAST_CALLS && now.equals(last)) {
        return now;
      }
      last = now;
    }
    throw new AssertionError(
        "no rest when it is asked for %d times: %s"
            .formatted(
                MOST_CALLS, Stream.of(claims).map(this::composite).map(Tree::plain).toList()));
  }

  /** The versions of claims, their composites and what is composed. */
  public String state(Reference... claims) {
    return Stream.of(claims).map(this::stateOf).collect(Collectors.joining());
  }

  private String stateOf(Reference claim) {
    Tree composite = composite(claim);
    return version(kubernetes().get(claim)) + version(composite) + versions(composite);
  }

  private static String version(Tree object) {
    return object.at("metadata", "resourceVersion").text().orElse("") + " ";
  }

  /**
   * Writes since a place in the audit log that changed something of these or in the namespace. A
   * claim that core updates is not among them: it does so every minute, with or without a change,
   * which shows in the claim's version.
   */
  public List<Write> stored(long mark, Tree... composites) {
    Set<String> ours =
        Stream.of(composites)
            .flatMap(one ->
                Stream.concat(
                    nameInNoNamespace(one).stream(),
                    one.at("status", "clusterName").text().stream()))
            .collect(Collectors.toSet());
    return plane.server().audit().since(mark).stream()
        .filter(write ->
            write.object().contains(" " + name + "/")
                || ours.stream().anyMatch(write.object()::contains))
        .filter(write -> !write.object().startsWith("clouds."))
        // A patch that changes nothing is a comparison; one that does shows in the version.
        .filter(write -> List.of("create", "update", "delete").contains(write.verb()))
        .filter(write -> !(write.verb().equals("update") && isClaim(write.object())))
        .toList();
  }

  private boolean isClaim(String object) {
    return plane.options().flavour() == Flavour.CLAIMS
        && !object.endsWith("/status")
        && Stream.of("platformclusters.", "gpuworkspaces.").anyMatch(object::startsWith);
  }

  /** In another namespace the same name is somebody else's. */
  private static Optional<String> nameInNoNamespace(Tree object) {
    return object.at("metadata", "namespace").exists()
        ? Optional.empty()
        : Optional.of(name(object));
  }

  /** Behind its kind, or its namespace. */
  private static Predicate<String> isOne(String object) {
    return written -> written.endsWith(" " + object) || written.endsWith("/" + object);
  }

  /** Deletes what was in use; core goes on refusing that for a moment after its Usage has gone. */
  public static void deleteUnused(Kubernetes kubernetes, Reference reference, Await await) {
    var _ =
        await.until(
            reference + " may be deleted", () -> refusal(kubernetes, reference), Optional::isEmpty);
  }

  /**
   * Lets a Cluster go that is being deleted, as Cluster API does when nothing of it is left; where
   * that does not run. Before, core would set the finalizer again.
   */
  public static void letGo(Kubernetes kubernetes, Reference cluster, Await await) {
    var _ =
        await.until(
            kubernetes,
            cluster,
            "is being deleted",
            seen -> seen.at("metadata", "deletionTimestamp").exists());
    var _ = kubernetes.patch(cluster, Map.of("metadata", Map.of("finalizers", List.of())));
  }

  private static Optional<String> refusal(Kubernetes kubernetes, Reference reference) {
    try {
      kubernetes.delete(reference);
      return Optional.empty();
    } catch (Refusal refusal) {
      return Optional.of(String.valueOf(refusal.getMessage()));
    }
  }

  private static String name(Tree object) {
    return object.at("metadata", "name").text().orElseThrow();
  }

  /** How often the function was called for a composite, by its log. */
  private long calls(Tree composite) {
    String called = name(composite);
    try {
      return Files.readString(plane.function().process().log())
          .lines()
          .filter(line -> line.contains("\"" + called + "\""))
          .count();
    } catch (IOException unreadable) {
      throw new AssertionError("cannot read the function's log", unreadable);
    }
  }

  private Kubernetes kubernetes() {
    return plane.kubernetes();
  }

  private Map<String, @Nullable Object> document(String file) {
    Path path = plane.project().story(STORY).resolve(file);
    try {
      return Plain.copy(ManifestParsing.parse(file, Files.readString(path)).getFirst().object());
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + path, unreadable);
    }
  }

  private static Map<String, @Nullable Object> spec(Map<String, @Nullable Object> object) {
    var spec = Plain.copy(object.get("spec"));
    object.put("spec", spec);
    return spec;
  }

  private static void rename(Map<String, @Nullable Object> object, String name, String namespace) {
    var metadata = Plain.copy(object.get("metadata"));
    metadata.put("name", name);
    if (!namespace.isEmpty()) {
      metadata.put("namespace", namespace);
    }
    object.put("metadata", metadata);
  }
}
