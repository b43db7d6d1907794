package dev.isobar.function.compose.object;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.isobar.apis.tree.Fields;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A Kubernetes object under construction. Nothing is emitted that was not set: server-side apply
 * owns what it is given.
 */
public final class KubernetesObject {
  private final String apiVersion;
  private final String kind;
  private final Fields metadata = Fields.none();
  private final SortedMap<String, Object> labels = new TreeMap<>();
  private final SortedMap<String, Object> annotations = new TreeMap<>();
  private final Fields body = Fields.none();

  private KubernetesObject(String apiVersion, String kind) {
    this.apiVersion = apiVersion;
    this.kind = kind;
  }

  /** A namespaced object. */
  public static KubernetesObject namespaced(
      String apiVersion, String kind, String namespace, String name) {
    var object = new KubernetesObject(apiVersion, kind);
    object.metadata.set("namespace", namespace).set("name", name);
    return object;
  }

  /** A cluster-scoped object. */
  public static KubernetesObject clusterScoped(String apiVersion, String kind, String name) {
    var object = new KubernetesObject(apiVersion, kind);
    object.metadata.set("name", name);
    return object;
  }

  /** Sets a label. */
  @CanIgnoreReturnValue
  public KubernetesObject label(String key, String value) {
    labels.put(key, value);
    return this;
  }

  /** Sets labels. */
  @CanIgnoreReturnValue
  public KubernetesObject labels(Map<String, String> more) {
    labels.putAll(more);
    return this;
  }

  /** Sets an annotation. */
  @CanIgnoreReturnValue
  public KubernetesObject annotation(String key, String value) {
    annotations.put(key, value);
    return this;
  }

  /** Sets annotations. */
  @CanIgnoreReturnValue
  public KubernetesObject annotations(Map<String, String> more) {
    annotations.putAll(more);
    return this;
  }

  /** Sets finalizers, for whoever sets them too late itself; nothing when there are none. */
  @CanIgnoreReturnValue
  public KubernetesObject finalizers(List<String> names) {
    if (!names.isEmpty()) {
      metadata.set("finalizers", names);
    }
    return this;
  }

  /** Sets a top-level field besides the metadata. */
  @CanIgnoreReturnValue
  public KubernetesObject field(String name, Object value) {
    body.set(name, value);
    return this;
  }

  /** Sets the spec. */
  @CanIgnoreReturnValue
  public KubernetesObject spec(Object spec) {
    return field("spec", spec);
  }

  /** The object. */
  public SortedMap<String, Object> map() {
    metadata.setUnlessEmpty("labels", new TreeMap<>(labels));
    metadata.setUnlessEmpty("annotations", new TreeMap<>(annotations));
    return Fields.with("apiVersion", apiVersion)
        .set("kind", kind)
        .set("metadata", metadata)
        .setAll(body.map())
        .map();
  }
}
