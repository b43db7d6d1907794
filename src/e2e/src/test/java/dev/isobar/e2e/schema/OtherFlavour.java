package dev.isobar.e2e.schema;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.input.Flavour;
import dev.isobar.cli.yaml.Plain;
import dev.isobar.cli.yaml.YamlText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells what exists of claims as it would be without claims, or the other way round: composites are
 * called as their claims, and profiles lie in their namespace.
 *
 * @param names of composites by what core calls them in the flavour it was
 */
record OtherFlavour(Flavour flavour, String namespace, Map<String, String> names) {
  private static final String COMPOSITE = "crossplane.io/composite";
  private static final String GROUP = "platform.isobar.dev/";

  /** Writes objects down for a flavour; the file is in a folder of its own. */
  static Path written(Flavour flavour, List<Map<String, @Nullable Object>> objects) {
    var names = new LinkedHashMap<String, String>();
    var namespaces = new LinkedHashMap<String, String>();
    for (Map<String, @Nullable Object> object : objects) {
      Tree tree = Tree.of(object);
      if (isComposite(tree)) {
        Tree claim = tree.at("spec", "claimRef");
        String name = text(tree.at("metadata", "name"));
        names.put(name, claim.at("name").text().orElse(name));
        namespaces.put(text(claim.at("namespace")) + text(tree.at("metadata", "namespace")), name);
      }
    }
    var other = new OtherFlavour(flavour, namespaces.keySet().iterator().next(), names);
    var told = new ArrayList<Map<String, @Nullable Object>>();
    objects.forEach(object -> told.add(other.told(object)));
    try {
      Path folder = Files.createTempDirectory("observed");
      Path file = folder.resolve("objects.yaml");
      folder.toFile().deleteOnExit();
      file.toFile().deleteOnExit();
      Files.writeString(file, YamlText.render(told));
      return folder;
    } catch (IOException unwritable) {
      throw new UncheckedIOException("cannot write what exists", unwritable);
    }
  }

  private Map<String, @Nullable Object> told(Map<String, @Nullable Object> object) {
    Tree tree = Tree.of(object);
    var told = Plain.copy(object);
    var metadata = Plain.copy(object.get("metadata"));
    told.put("kind", kind(text(tree.at("kind"))));
    if (isComposite(tree)) {
      metadata.put("name", composite(text(metadata.get("name"))));
      place(metadata);
      told.put("spec", spec(tree));
    } else if (text(tree.at("kind")).endsWith("Profile")) {
      place(metadata);
    }
    relabel(metadata);
    metadata.put("ownerReferences", owners(tree));
    told.put("metadata", metadata);
    return told;
  }

  /** A composite of a claim says which; without claims it has nothing to say. */
  private Map<String, @Nullable Object> spec(Tree composite) {
    var spec = Plain.copy(composite.at("spec").plain());
    switch (flavour) {
      case NAMESPACED -> spec.remove("claimRef");
      case CLAIMS ->
          spec.put(
              "claimRef",
              Map.of("namespace", namespace, "name", text(composite.at("metadata", "name"))));
    }
    return spec;
  }

  private void place(Map<String, @Nullable Object> metadata) {
    switch (flavour) {
      case NAMESPACED -> metadata.put("namespace", namespace);
      case CLAIMS -> metadata.remove("namespace");
    }
  }

  private void relabel(Map<String, @Nullable Object> metadata) {
    var labels = Plain.copy(metadata.get("labels"));
    labels.computeIfPresent(COMPOSITE, (_, name) -> composite(text(name)));
    labels.remove("crossplane.io/claim-name");
    labels.remove("crossplane.io/claim-namespace");
    String from = "projectsveltos.io/" + (flavour == Flavour.CLAIMS ? "" : "cluster-");
    String to = "projectsveltos.io/" + (flavour == Flavour.CLAIMS ? "cluster-" : "");
    if (labels.containsKey(from + "profile-name")) {
      labels.put(to + "profile-name", labels.remove(from + "profile-name"));
    }
    metadata.put("labels", labels);
  }

  private List<Map<String, @Nullable Object>> owners(Tree object) {
    var owners = new ArrayList<Map<String, @Nullable Object>>();
    for (Tree reference : object.at("metadata", "ownerReferences").items()) {
      var owner = Plain.copy(reference.plain());
      owner.put("kind", kind(text(reference.at("kind"))));
      owner.put("name", composite(text(reference.at("name"))));
      owners.add(owner);
    }
    return owners;
  }

  private String composite(String name) {
    if (flavour == Flavour.NAMESPACED) {
      return names.getOrDefault(name, name);
    }
    return name;
  }

  private String kind(String kind) {
    return switch (kind) {
      case "ClusterProfile", "Profile" -> flavour == Flavour.CLAIMS ? "ClusterProfile" : "Profile";
      case "XPlatformCluster", "XGpuWorkspace", "PlatformCluster", "GpuWorkspace" ->
          (flavour == Flavour.CLAIMS ? "X" : "") + kind.replaceFirst("^X", "");
      default -> kind;
    };
  }

  private static boolean isComposite(Tree object) {
    return text(object.at("apiVersion")).startsWith(GROUP);
  }

  private static String text(Tree field) {
    return field.text().orElse("");
  }

  private static String text(@Nullable Object value) {
    return value instanceof String text ? text : "";
  }
}
