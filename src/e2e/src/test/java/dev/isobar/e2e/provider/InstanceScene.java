package dev.isobar.e2e.provider;

import dev.isobar.apis.tree.Tree;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Events;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A namespace with a way to the cloud, and Instances in it. */
record InstanceScene(Kubernetes kubernetes, String namespace) {
  static final Kind INSTANCE = new Kind("compute.isobar.dev/v1alpha1", "Instance");
  static final Kind CONFIG = new Kind("compute.isobar.dev/v1alpha1", "ProviderConfig");
  static final Kind CLUSTER_CONFIG =
      new Kind("compute.isobar.dev/v1alpha1", "ClusterProviderConfig");
  static final Kind USAGE = new Kind("compute.isobar.dev/v1alpha1", "ProviderConfigUsage");

  /** An empty namespace. */
  static InstanceScene set(Kubernetes kubernetes, String namespace) {
    kubernetes.makeNamespace(namespace, Map.of());
    return new InstanceScene(kubernetes, namespace);
  }

  /** A Secret with a password and a ProviderConfig that reads it, both of this name. */
  Reference config(String name, String password) {
    secret(name, password);
    return Reference.of(
        kubernetes.apply(
            Map.of(
                "apiVersion",
                CONFIG.apiVersion(),
                "kind",
                CONFIG.name(),
                "metadata",
                Map.of("name", name, "namespace", namespace),
                "spec",
                Map.of(
                    "provider",
                    "OpenStack",
                    "region",
                    "RegionOne",
                    "credentials",
                    Map.of("secretRef", Map.of("name", name, "key", "password"))))));
  }

  void secret(String name, String password) {
    CloudAccess.secret(kubernetes, namespace, name, "password", "password=" + password);
  }

  /** The same for all namespaces, or for those with a label. */
  Reference clusterConfig(String name, String password, Map<String, Object> more) {
    secret(name, password);
    var spec = new TreeMap<String, Object>(more);
    spec.put("provider", "OpenStack");
    spec.put("region", "RegionOne");
    spec.put(
        "credentials",
        Map.of("secretRef", Map.of("namespace", namespace, "name", name, "key", "password")));
    return Reference.of(
        kubernetes.apply(
            Map.of(
                "apiVersion",
                CLUSTER_CONFIG.apiVersion(),
                "kind",
                CLUSTER_CONFIG.name(),
                "metadata",
                Map.of("name", name),
                "spec",
                spec)));
  }

  /** An Instance that uses a config. */
  Reference instance(String name, Reference config) {
    return instance(name, config, Map.of(), Map.of());
  }

  Reference instance(
      String name,
      Reference config,
      Map<String, String> annotations,
      Map<String, ? extends Object> more) {
    var spec = new TreeMap<String, Object>(more);
    spec.put("providerConfigRef", Map.of("kind", config.kind().name(), "name", config.name()));
    spec.put(
        "forProvider",
        Map.of("machineType", Map.of("name", "small"), "image", Map.of("id", "ubuntu")));
    return Reference.of(
        kubernetes.apply(
            Map.of(
                "apiVersion",
                INSTANCE.apiVersion(),
                "kind",
                INSTANCE.name(),
                "metadata",
                Map.of("name", name, "namespace", namespace, "annotations", annotations),
                "spec",
                spec)));
  }

  void annotate(Reference object, String annotation, String value) {
    var annotations = new TreeMap<String, Object>();
    annotations.put(annotation, value);
    var _ = kubernetes.patch(object, Map.of("metadata", Map.of("annotations", annotations)));
  }

  void removeAnnotation(Reference object, String annotation) {
    annotate(object, annotation, null);
  }

  static String annotation(Tree object, String name) {
    return object.at("metadata", "annotations", name).text().orElse("");
  }

  /** A condition as "True/Available: message". */
  static String condition(Tree object, String type) {
    return Conditions.words(object, type);
  }

  /** Events about an object as "Normal CreatedExternalResource: message", sorted. */
  List<String> events(Reference object) {
    return Events.about(kubernetes, object).stream()
        .map(event ->
            event.at("type").text().orElse("")
                + " "
                + event.at("reason").text().orElse("")
                + ": "
                + event.at("message").text().orElse(""))
        .sorted()
        .collect(Collectors.toList());
  }
}
