package dev.isobar.function.compose.sveltos;

import dev.isobar.apis.settings.Settings;
import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.naming.Names;
import dev.isobar.function.compose.object.KubernetesObject;
import dev.isobar.function.compose.plan.ClusterId;
import dev.isobar.function.compose.plan.Keys;
import dev.isobar.function.compose.plan.Marks;
import dev.isobar.function.compose.text.Yaml;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The Sveltos profile of an add-on, and the ConfigMaps it reads when it needs some: a
 * ClusterProfile, or a Profile where the composite may compose only within its namespace.
 */
public final class ProfileObjects {
  /** API version of profiles and ClusterSummaries. */
  public static final String API_VERSION = "config.projectsveltos.io/v1beta1";

  /** Label: the add-on a profile is for. */
  static final String ADDON = "isobar.dev/addon";

  private static final String VALUES = "values.yaml";
  private static final String TEMPLATE_MARK = "{{";

  private final ClusterId id;
  private final Settings settings;
  private final Addon addon;
  private final String valuesText;

  private ProfileObjects(ClusterId id, Settings settings, Addon addon) {
    this.id = id;
    this.settings = settings;
    this.addon = addon;
    this.valuesText = addon.values().isEmpty() ? "" : Yaml.write(addon.values());
  }

  /** The name of an add-on's profile; permanent. */
  public static String name(ClusterId id, String addon) {
    return Names.part(id.cluster(), addon);
  }

  /** The objects of an add-on by composition resource name. */
  public static SortedMap<String, SortedMap<String, Object>> of(
      ClusterId id, Settings settings, Addon addon) {
    var objects = new ProfileObjects(id, settings, addon);
    var all = new TreeMap<String, SortedMap<String, Object>>();
    all.put(Keys.addon(addon.name()), objects.profile());
    if (!objects.configData().isEmpty()) {
      all.put(Keys.addonConfig(addon.name()), objects.config());
    }
    if (objects.valuesApart()) {
      all.put(Keys.addonValues(addon.name()), objects.valuesConfig());
    }
    return all;
  }

  /**
   * Values in a profile are templates, rendered twice; what looks like one goes where it is taken
   * literally.
   */
  private boolean literalValues() {
    return valuesText.contains(TEMPLATE_MARK);
  }

  /** Whether they need a ConfigMap of their own: what is beside objects is taken for one. */
  private boolean valuesApart() {
    return literalValues() && !addon.objects().isEmpty();
  }

  private SortedMap<String, Object> configData() {
    var data = new TreeMap<String, Object>(addon.objects());
    if (literalValues() && !valuesApart()) {
      data.put(VALUES, valuesText);
    }
    return data;
  }

  private String configName() {
    return Names.part(id.cluster(), addon.name(), "config");
  }

  private String valuesName() {
    return valuesApart() ? Names.part(id.cluster(), addon.name(), "values") : configName();
  }

  private KubernetesObject config(String name, SortedMap<String, Object> data) {
    return KubernetesObject.namespaced("v1", "ConfigMap", id.namespace(), name)
        .label(Marks.CLUSTER, id.cluster())
        .label(ADDON, addon.name())
        .field("data", data);
  }

  private SortedMap<String, Object> valuesConfig() {
    return config(valuesName(), new TreeMap<>(Map.of(VALUES, valuesText))).map();
  }

  private SortedMap<String, Object> config() {
    var object = config(configName(), configData());
    if (addon.secret().isPresent()) {
      object.annotation("projectsveltos.io/template", "true");
    }
    return object.map();
  }

  private SortedMap<String, Object> profile() {
    String name = name(id, addon.name());
    var object =
        id.namespaced()
            ? KubernetesObject.namespaced(API_VERSION, "Profile", id.namespace(), name)
            : KubernetesObject.clusterScoped(API_VERSION, "ClusterProfile", name);
    return object.label(Marks.CLUSTER, id.cluster()).label(ADDON, addon.name()).spec(spec()).map();
  }

  private Fields spec() {
    Fields cluster =
        Fields.with("apiVersion", "cluster.x-k8s.io/v1beta2")
            .set("kind", "Cluster")
            .set("namespace", id.namespace())
            .set("name", id.cluster());
    Fields spec =
        Fields.with("clusterRefs", List.of(cluster.map()))
            .setUnlessEmpty(
                "dependsOn", addon.dependsOn().stream().map(other -> name(id, other)).toList())
            .setUnlessEmpty(
                "validateHealths", addon.gates().stream().map(HealthGate::map).toList());
    if (addon.stays()) {
      spec.set("stopMatchingBehavior", "LeavePolicies");
    }
    addon.chart().ifPresent(chart -> spec.set("helmCharts", List.of(release(chart))));
    if (!addon.objects().isEmpty()) {
      spec.set("policyRefs", List.of(configRef(configName())));
    }
    addon
        .secret()
        .ifPresent(source -> {
          Fields secret =
              Fields.with("apiVersion", "v1")
                  .set("kind", "Secret")
                  .set("namespace", source.namespace())
                  .set("name", source.name());
          spec.set(
              "templateResourceRefs",
              List.of(
                  Fields.with("identifier", source.identifier()).set("resource", secret).map()));
        });
    return spec;
  }

  private SortedMap<String, Object> configRef(String name) {
    return Fields.with("kind", "ConfigMap")
        .set("namespace", id.namespace())
        .set("name", name)
        .map();
  }

  private SortedMap<String, Object> release(Chart chart) {
    String repository = mirrored(chart.repository());
    boolean oci = repository.startsWith("oci://");
    // Sveltos caches a repository's index by this name, so another address must have another name.
    String repositoryName = "isobar-" + Names.digest(repository, 8);
    Fields release =
        Fields.with("repositoryURL", repository)
            .set("repositoryName", repositoryName)
            .set("chartName", oci ? chart.name() : repositoryName + "/" + chart.name())
            .set("chartVersion", chart.version())
            .set("releaseName", chart.release())
            .set("releaseNamespace", chart.namespace());
    if (literalValues()) {
      release.set("valuesFrom", List.of(configRef(valuesName())));
    } else {
      release.setUnlessEmpty("values", valuesText);
    }
    if (addon.upgradesCrds()) {
      release.set("options", Fields.with("upgradeOptions", Fields.with("upgradeCRDs", true)));
    }
    return release.map();
  }

  private String mirrored(String repository) {
    return settings.chartMirrors().stream()
        .filter(mirror -> repository.startsWith(mirror.from()))
        .max((one, other) -> Integer.compare(one.from().length(), other.from().length()))
        .map(mirror -> mirror.to() + repository.substring(mirror.from().length()))
        .orElse(repository);
  }

  /** The labels of the ClusterSummaries of a cluster. */
  public static SortedMap<String, String> summaryLabels(ClusterId id) {
    return new TreeMap<>(
        Map.of(
            "projectsveltos.io/cluster-name",
            id.cluster(),
            "projectsveltos.io/cluster-type",
            "Capi"));
  }
}
