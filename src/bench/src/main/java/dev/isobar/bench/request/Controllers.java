package dev.isobar.bench.request;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.yaml.Plain;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The API server and the controllers, in one stroke: they turn objects as they shall be into
 * objects as they are when everything is at rest.
 *
 * <p>Their words are in {@code settled.yaml}, by kind.
 */
final class Controllers {
  private static final String WORDS = "settled.yaml";
  private static final String BEGUN = "2026-05-04T08:12:47Z";
  private static final String DONE = "2026-05-04T08:29:31Z";
  private static final long GENERATION = 3;
  private static final String PROFILE = "ClusterProfile";

  private final Map<String, @Nullable Object> byKind;
  private final Tree composite;

  Controllers(Tree composite) {
    this.composite = composite;
    byKind = Plain.copy(new Load(LoadSettings.builder().build()).loadFromString(words()));
  }

  private static String words() {
    try (InputStream stream = Controllers.class.getResourceAsStream(WORDS)) {
      if (stream == null) {
        throw new IllegalStateException(WORDS + " is not in the jar");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** A composed resource at rest. */
  Map<String, @Nullable Object> settle(String key, Map<String, @Nullable Object> desired) {
    Tree object = Tree.of(desired);
    String kind = object.at("kind").text().orElse("");
    Tree words = Tree.of(byKind.get(kind));
    Map<String, @Nullable Object> settled = Plain.copy(desired);
    settled.put("metadata", metadata(key, object, words));
    if (words.exists()) {
      Map<String, @Nullable Object> spec = Plain.copy(desired.get("spec"));
      Plain.copy(fill(words.at("spec").plain(), object)).forEach(spec::putIfAbsent);
      settled.put("spec", spec);
      Map<String, @Nullable Object> status = Plain.copy(fill(words.at("status").plain(), object));
      List<Object> conditions = conditions(words.at("conditions"));
      if (!conditions.isEmpty()) {
        status.put("conditions", conditions);
      }
      settled.put("status", status);
    }
    return settled;
  }

  private Map<String, @Nullable Object> metadata(String key, Tree object, Tree words) {
    Map<String, @Nullable Object> metadata = Plain.copy(object.at("metadata").plain());
    metadata.put("uid", uid(key));
    metadata.put("resourceVersion", String.valueOf(390_000 + key.length() * 37L));
    metadata.put("generation", GENERATION);
    metadata.put("creationTimestamp", BEGUN);
    metadata.put("generateName", text(composite, "metadata", "name") + "-");
    metadata.put("ownerReferences", List.of(owner()));
    Map<String, @Nullable Object> annotations = Plain.copy(metadata.get("annotations"));
    annotations.put("crossplane.io/composition-resource-name", key);
    metadata.put("annotations", annotations);
    Map<String, @Nullable Object> labels = Plain.copy(metadata.get("labels"));
    labels.putAll(Plain.copy(composite.at("metadata", "labels").plain()));
    metadata.put("labels", labels);
    if (words.at("finalizers").exists()) {
      metadata.put("finalizers", words.at("finalizers").plain());
    }
    return metadata;
  }

  private Map<String, Object> owner() {
    return Map.of(
        "apiVersion", text(composite, "apiVersion"),
        "kind", text(composite, "kind"),
        "name", text(composite, "metadata", "name"),
        "uid", text(composite, "metadata", "uid"),
        "controller", true,
        "blockOwnerDeletion", true);
  }

  /** A condition for every type that is named under its status. */
  private static List<Object> conditions(Tree byStatus) {
    var conditions = new ArrayList<Object>();
    for (String status : byStatus.fields().reversed()) {
      for (Tree type : byStatus.at(status).items()) {
        String word = type.text().orElse("");
        conditions.add(
            Map.of(
                "type", word,
                "status", status,
                "reason", status.equals("True") ? word : "Not" + word,
                "observedGeneration", GENERATION,
                "lastTransitionTime", DONE));
      }
    }
    return conditions;
  }

  private @Nullable Object fill(@Nullable Object words, Tree object) {
    return switch (words) {
      case null -> null;
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> filled = Plain.copy(map);
        filled.replaceAll((_, value) -> fill(value, object));
        yield filled;
      }
      case List<?> list -> {
        var filled = new ArrayList<@Nullable Object>();
        list.forEach(item -> filled.add(fill(item, object)));
        yield filled;
      }
      case String word when word.equals("REPLICAS") -> replicas(object);
      case String text ->
          text.replace("CLUSTER", text(composite, "metadata", "name"))
              .replace("NAMESPACE", text(composite, "spec", "claimRef", "namespace"))
              .replace("NAME", text(object, "metadata", "name"));
      default -> words;
    };
  }

  /** An autoscaler owns the field where we leave it out. */
  private static long replicas(Tree object) {
    Optional<Long> fixed = object.at("spec", "replicas").whole();
    return fixed.orElse(2L);
  }

  /** Sveltos' account of a profile; nothing for other kinds. */
  static Optional<Map<String, @Nullable Object>> summary(
      Map<String, @Nullable Object> desired, Map<String, String> labels, String namespace) {
    Tree profile = Tree.of(desired);
    if (profile.at("kind").text().filter(PROFILE::equals).isEmpty()) {
      return Optional.empty();
    }
    String name = text(profile, "metadata", "name");
    Map<String, @Nullable Object> allLabels = Plain.copy(labels);
    allLabels.put("projectsveltos.io/cluster-profile-name", name);
    Map<String, @Nullable Object> metadata = Plain.copy(Map.of());
    metadata.put("name", name + "-capi-" + labels.get("projectsveltos.io/cluster-name"));
    metadata.put("namespace", namespace);
    metadata.put("uid", uid("summary of " + name));
    metadata.put("generation", GENERATION);
    metadata.put("creationTimestamp", BEGUN);
    metadata.put("labels", allLabels);
    Map<String, @Nullable Object> summary = Plain.copy(Map.of());
    summary.put("apiVersion", "config.projectsveltos.io/v1beta1");
    summary.put("kind", "ClusterSummary");
    summary.put("metadata", metadata);
    summary.put(
        "spec",
        Map.of(
            "clusterName",
            String.valueOf(labels.get("projectsveltos.io/cluster-name")),
            "clusterNamespace",
            namespace,
            "clusterType",
            "Capi",
            "clusterProfileSpec",
            Plain.copy(desired.get("spec"))));
    summary.put(
        "status", Map.of("dependencies", "no dependencies", "featureSummaries", features(profile)));
    return Optional.of(summary);
  }

  private static List<Object> features(Tree profile) {
    var features = new ArrayList<Object>();
    if (profile.at("spec", "helmCharts").exists()) {
      features.add(feature("Helm"));
    }
    if (profile.at("spec", "policyRefs").exists()) {
      features.add(feature("Resources"));
    }
    return features;
  }

  private static Map<String, Object> feature(String id) {
    return Map.of(
        "featureID",
        id,
        "status",
        "Provisioned",
        "hash",
        "mZ3v0sQm3b5n0m3l3qj4mJ0kq0b7gq3l1cW5x3s9sXo=",
        "lastAppliedTime",
        DONE);
  }

  static String uid(String of) {
    return UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static String text(Tree tree, String field) {
    return tree.at(field).text().orElse("");
  }

  private static String text(Tree tree, String first, String second, String... more) {
    return tree.at(first, second, more).text().orElse("");
  }
}
