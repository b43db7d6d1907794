package dev.isobar.cli.input;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.yaml.InputRejected;
import dev.isobar.cli.yaml.Manifest;
import dev.isobar.cli.yaml.Plain;
import dev.isobar.function.compose.naming.Names;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes composites as core does, but with names and identifiers that are the same every time. */
final class Binding {
  /** Of an app team's objects that name none. */
  static final String DEFAULT_NAMESPACE = "default";

  static final String COMPOSITE_LABEL = "crossplane.io/composite";
  static final String CLAIM_NAME_LABEL = "crossplane.io/claim-name";
  static final String CLAIM_NAMESPACE_LABEL = "crossplane.io/claim-namespace";

  private static final int NAME_LIMIT = 63;
  private static final int SUFFIX = 5;
  private static final int UUID_DIGITS = 32;

  /** Fields of a claim's spec that are the claim's own. */
  private static final Set<String> OF_CLAIM =
      Set.of("resourceRef", "writeConnectionSecretToRef", "compositeDeletePolicy");

  private Binding() {}

  /**
   * The composite of a claim.
   *
   * @param existing the composite that was made for the claim already, which keeps its name and
   *     identifier
   */
  static Composite composite(Manifest claim, Optional<Map<String, @Nullable Object>> existing) {
    Map<String, @Nullable Object> wish = inNamespace(claim.object());
    refuseForeground(wish, claim.origin());
    Identity identity = Identity.of(wish);
    String kind = "X" + identity.kind();
    String apiVersion = text(wish, "apiVersion");
    Tree before = Tree.of(existing.orElse(Map.of()));
    String name =
        before
            .at("metadata", "name")
            .text()
            .orElseGet(() -> name(identity.namespace(), identity.name()));

    var metadata = new LinkedHashMap<String, @Nullable Object>();
    metadata.put("name", name);
    metadata.put("labels", labels(wish, identity, name));
    Map<String, Object> annotations = copied(Tree.of(wish).at("metadata", "annotations"));
    if (!annotations.isEmpty()) {
      metadata.put("annotations", annotations);
    }
    metadata.put("uid", before.at("metadata", "uid").text().orElseGet(() -> uid(kind, "", name)));
    metadata.put("generation", before.at("metadata", "generation").whole().orElse(1L));

    Map<String, @Nullable Object> spec = Plain.copy(wish.get("spec"));
    spec.keySet().removeAll(OF_CLAIM);
    spec.put("claimRef", reference(apiVersion, identity));

    var composite = new LinkedHashMap<String, @Nullable Object>();
    composite.put("apiVersion", apiVersion);
    composite.put("kind", kind);
    composite.put("metadata", metadata);
    composite.put("spec", spec);
    Object status = Optional.ofNullable(before.at("status").plain()).orElse(wish.get("status"));
    if (status != null) {
      composite.put("status", status);
    }
    return new Composite(
        composite, Optional.of(bound(wish, apiVersion, kind, name)), claim.origin());
  }

  /**
   * The policy is the claim's own and never reaches the function; nor can a schema name a field
   * that core adds.
   */
  private static void refuseForeground(Map<String, @Nullable Object> claim, String origin) {
    String policy = Tree.of(claim).at("spec", "compositeDeletePolicy").text().orElse("");
    if (policy.equals("Foreground")) {
      throw new InputRejected(
          origin
              + ": spec.compositeDeletePolicy: Foreground hangs the deletion of a cluster, because"
              + " Cluster API's objects then wait for each other; remove it, or set it to"
              + " Background");
    }
  }

  /** A composite that the user wrote, with what the API server and core add. */
  static Composite composite(
      Manifest written, Flavour flavour, Optional<Map<String, @Nullable Object>> existing) {
    Map<String, @Nullable Object> object =
        flavour == Flavour.NAMESPACED
            ? inNamespace(written.object())
            : Plain.copy(written.object());
    Identity identity = Identity.of(object);
    Tree before = Tree.of(existing.orElse(Map.of()));
    Map<String, @Nullable Object> metadata = Plain.copy(object.get("metadata"));
    var labels = new TreeMap<String, @Nullable Object>(Plain.copy(metadata.get("labels")));
    labels.putIfAbsent(COMPOSITE_LABEL, identity.name());
    metadata.put("labels", labels);
    metadata.putIfAbsent(
        "uid",
        before
            .at("metadata", "uid")
            .text()
            .orElseGet(() -> uid(identity.kind(), identity.namespace(), identity.name())));
    metadata.putIfAbsent("generation", before.at("metadata", "generation").whole().orElse(1L));
    object.put("metadata", metadata);
    Composite composite = new Composite(object, Optional.empty(), written.origin());
    Object status = before.at("status").plain();
    return status == null ? composite : composite.withStatus(status);
  }

  /** The object, in the default namespace when it names none. */
  static Map<String, @Nullable Object> inNamespace(Map<String, @Nullable Object> object) {
    Map<String, @Nullable Object> copy = Plain.copy(object);
    Map<String, @Nullable Object> metadata = Plain.copy(object.get("metadata"));
    metadata.putIfAbsent("namespace", DEFAULT_NAMESPACE);
    copy.put("metadata", metadata);
    return copy;
  }

  /** The claim with its reference to the composite. */
  private static Map<String, @Nullable Object> bound(
      Map<String, @Nullable Object> claim, String apiVersion, String kind, String name) {
    Map<String, @Nullable Object> spec = Plain.copy(claim.get("spec"));
    spec.put("resourceRef", Map.of("apiVersion", apiVersion, "kind", kind, "name", name));
    Map<String, @Nullable Object> bound = Plain.copy(claim);
    bound.put("spec", spec);
    return bound;
  }

  private static Map<String, Object> labels(
      Map<String, @Nullable Object> claim, Identity identity, String name) {
    Map<String, Object> labels = copied(Tree.of(claim).at("metadata", "labels"));
    labels.put(CLAIM_NAME_LABEL, identity.name());
    labels.put(CLAIM_NAMESPACE_LABEL, identity.namespace());
    labels.put(COMPOSITE_LABEL, name);
    return labels;
  }

  /** Labels or annotations, without those of Kubernetes. */
  private static Map<String, Object> copied(Tree marks) {
    var copied = new TreeMap<String, Object>();
    for (String key : marks.fields()) {
      String domain = key.contains("/") ? key.substring(0, key.indexOf('/')) : "";
      Object value = marks.at(key).plain();
      if (value != null && !domain.equals("kubernetes.io") && !domain.endsWith(".kubernetes.io")) {
        copied.put(key, value);
      }
    }
    return copied;
  }

  private static Map<String, Object> reference(String apiVersion, Identity claim) {
    return Map.of(
        "apiVersion",
        apiVersion,
        "kind",
        claim.kind(),
        "name",
        claim.name(),
        "namespace",
        claim.namespace());
  }

  /** The name of a claim's composite. */
  static String name(String namespace, String claim) {
    int room = NAME_LIMIT - SUFFIX - 1;
    String stem = claim.length() > room ? claim.substring(0, room) : claim;
    return stem + "-" + Names.digest(namespace + "/" + claim, SUFFIX);
  }

  /** A name-based UUID, with SHA-256 in place of SHA-1. */
  private static String uid(String kind, String namespace, String name) {
    ByteBuffer bytes =
        ByteBuffer.wrap(
            HexFormat.of()
                .parseHex(Names.digest(kind + "/" + namespace + "/" + name, UUID_DIGITS)));
    long high = (bytes.getLong() & ~0xF000L) | 0x5000L;
    long low = (bytes.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low).toString();
  }

  private static String text(Map<String, ?> object, String field) {
    return object.get(field) instanceof String text ? text : "";
  }
}
