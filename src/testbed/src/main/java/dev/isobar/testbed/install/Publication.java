package dev.isobar.testbed.install;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.yaml.Manifest;
import dev.isobar.cli.yaml.ManifestParsing;
import dev.isobar.cli.yaml.Plain;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.process.CannotRun;
import dev.isobar.testbed.process.Together;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The objects that a project publishes to be installed. Its programs run beside the API server
 * instead of in pods, so Deployments, Services and certificates of theirs are left out.
 */
public final class Publication {
  /** More only wait for each other in the API server. */
  private static final int AT_ONCE = 4;

  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** In the order in which they need each other. */
  private static final List<String> ACCOUNTS =
      List.of(
          "Namespace",
          "ServiceAccount",
          "ClusterRole",
          "ClusterRoleBinding",
          "Role",
          "RoleBinding",
          "Secret");

  private static final List<String> WEBHOOKS =
      List.of("MutatingWebhookConfiguration", "ValidatingWebhookConfiguration");

  private static final Map<Path, Publication> BUILT = new ConcurrentHashMap<>();

  private final List<Map<String, @Nullable Object>> objects;

  private Publication(List<Map<String, @Nullable Object>> objects) {
    this.objects = objects;
  }

  /**
   * The same as {@link #read}, read once while this JVM lives: for what was built, which never
   * changes and is installed into one control plane after the other.
   */
  public static Publication readBuilt(Path place) {
    return BUILT.computeIfAbsent(place, Publication::read);
  }

  /** What is in a file, or in the files of a folder. */
  public static Publication read(Path place) {
    try (Stream<Path> files = Files.walk(place)) {
      var objects = new ArrayList<Map<String, @Nullable Object>>();
      for (Path file : files.filter(one -> one.toString().endsWith(".yaml")).sorted().toList()) {
        if (Files.isRegularFile(file)) {
          for (Manifest manifest : ManifestParsing.parse(file.toString(), Files.readString(file))) {
            objects.add(manifest.object());
          }
        }
      }
      return new Publication(objects);
    } catch (IOException unreadable) {
      throw new CannotRun("cannot read " + place, unreadable);
    }
  }

  /** Several as one. */
  public static Publication of(List<Publication> several) {
    var objects = new ArrayList<Map<String, @Nullable Object>>();
    several.forEach(one -> objects.addAll(one.objects));
    return new Publication(objects);
  }

  /** The same with webhooks, of CRDs too, that are reached by URL. */
  public Publication reachedBy(WebhookServer server) {
    var reached = new ArrayList<Map<String, @Nullable Object>>();
    for (Map<String, @Nullable Object> object : objects) {
      reached.add(server.reached(object));
    }
    return new Publication(reached);
  }

  /** The same without conversion between versions: who does that does not run yet, or never. */
  public Publication withoutConversion() {
    var plain = new ArrayList<Map<String, @Nullable Object>>();
    for (Map<String, @Nullable Object> object : objects) {
      var copy = Plain.copy(object);
      var spec = Plain.copy(copy.get("spec"));
      spec.remove("conversion");
      copy.put("spec", spec);
      plain.add(copy);
    }
    return new Publication(plain);
  }

  /** Installs its CRDs and waits until their kinds can be used. */
  public void installKinds(Kubernetes kubernetes) {
    List<Map<String, @Nullable Object>> kinds = of(Kind.CUSTOM_RESOURCE_DEFINITION.name());
    List<Runnable> work = new ArrayList<>();
    for (Map<String, @Nullable Object> kind : kinds) {
      work.add(() -> installKind(kubernetes, kind));
    }
    Together.run(AT_ONCE, work);
    for (Map<String, @Nullable Object> kind : kinds) {
      awaitUsable(kubernetes, kind);
    }
  }

  /** Has the kinds, which are there, converted by whoever runs from now on. */
  public void installConversions(Kubernetes kubernetes) {
    for (Map<String, @Nullable Object> kind : of(Kind.CUSTOM_RESOURCE_DEFINITION.name())) {
      Object conversion = Plain.copy(kind.get("spec")).get("conversion");
      if (conversion != null) {
        var _ =
            kubernetes.patch(Reference.of(kind), Map.of("spec", Map.of("conversion", conversion)));
      }
    }
  }

  /**
   * Of what is applied the API server notes who owns which field: for the largest objects, dear.
   */
  private static void installKind(Kubernetes kubernetes, Map<String, @Nullable Object> kind) {
    if (!kubernetes.create(kind)) {
      var _ = kubernetes.apply(kind);
    }
  }

  /** Applies its namespaces, accounts and roles. */
  public void installAccounts(Kubernetes kubernetes) {
    for (String kind : ACCOUNTS) {
      applyAll(of(kind), kubernetes);
    }
  }

  /** Applies its webhooks; from then on writes need whoever serves them. */
  public void installWebhooks(Kubernetes kubernetes) {
    for (String kind : WEBHOOKS) {
      for (Map<String, @Nullable Object> webhooks : of(kind)) {
        // Somebody else may have installed them with a Service, beside which a URL is refused.
        kubernetes.delete(Reference.of(webhooks));
        var _ = kubernetes.apply(webhooks);
      }
    }
  }

  private static void applyAll(List<Map<String, @Nullable Object>> objects, Kubernetes kubernetes) {
    for (Map<String, @Nullable Object> object : objects) {
      var _ = kubernetes.apply(object);
    }
  }

  private List<Map<String, @Nullable Object>> of(String kind) {
    return objects.stream().filter(object -> kind.equals(object.get("kind"))).toList();
  }

  /** Established is not yet discovered, and controllers end when they do not find their kinds. */
  private static void awaitUsable(Kubernetes kubernetes, Map<String, @Nullable Object> object) {
    for (Tree version : Tree.of(object).at("spec", "versions").items()) {
      if (version.at("served").truth().orElse(false)) {
        awaitDiscovery(kubernetes, Tree.of(object), version.at("name").text().orElse(""));
      }
    }
  }

  private static void awaitDiscovery(Kubernetes kubernetes, Tree object, String version) {
    String group = object.at("spec", "group").text().orElse("");
    String plural = object.at("spec", "names", "plural").text().orElse("");
    var _ =
        new Await(LIMIT)
            .until(
                plural + "." + group + "/" + version + " is discovered",
                () -> kubernetes.serves(group + "/" + version, plural),
                served -> served);
  }
}
