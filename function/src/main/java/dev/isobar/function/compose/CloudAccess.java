package dev.isobar.function.compose;

import dev.isobar.apis.compute.CloudSpec;
import dev.isobar.apis.compute.CloudStatus;
import dev.isobar.apis.compute.LabelSelector;
import dev.isobar.apis.compute.LabelSelector.Expression;
import dev.isobar.apis.decode.Decoded;
import dev.isobar.apis.decode.Decoder;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.cloud.Catalogue;
import dev.isobar.function.compose.plan.ClusterId;
import dev.isobar.function.compose.plan.Mistakes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Resolves the Cloud a claim names: whether it exists, is well-formed, and may be used from the
 * claim's namespace.
 */
final class CloudAccess {
  private static final Decoder<CloudSpec> SPEC = Decoder.of(CloudSpec.class);
  private static final Decoder<CloudStatus> STATUS = Decoder.of(CloudStatus.class).lenient();

  private static final String UNTOUCHED = "; until then the cluster that exists is left as it is";

  /**
   * Whose Cloud is looked for, in the words of a refusal.
   *
   * @param path of the field that names it
   * @param untouched what a refusal leaves as it is, after a semicolon; empty when there is nothing
   */
  record Asker(String path, String untouched) {
    /** A cluster's own claim. */
    static Asker cluster(boolean exists) {
      return new Asker("spec.cloud", exists ? UNTOUCHED : "");
    }
  }

  private CloudAccess() {}

  /**
   * The catalogue of a Cloud.
   *
   * @param clouds what core found under the name: one or none
   * @param namespaces the claim's namespace object, when core found it
   * @param asker who is told what is wrong
   */
  static Optional<Catalogue> resolve(
      String name,
      List<Tree> clouds,
      ClusterId id,
      List<Tree> namespaces,
      Asker asker,
      Mistakes mistakes) {
    if (clouds.isEmpty()) {
      mistakes.add(
          asker.path(),
          "there is no Cloud \"" + name + "\"",
          "name one that `kubectl get clouds` lists, or ask the platform team to make it"
              + asker.untouched());
      return Optional.empty();
    }
    Tree cloud = clouds.getFirst();
    Decoded<CloudSpec> spec = SPEC.decode(cloud.at("spec"), "Cloud " + name + ": spec");
    Decoded<CloudStatus> status = STATUS.decode(cloud.at("status"), "Cloud " + name + ": status");
    if (spec instanceof Decoded.Invalid<CloudSpec>(var wrong)) {
      mistakes.addAll(wrong);
      return Optional.empty();
    }
    if (status instanceof Decoded.Invalid<CloudStatus>(var wrong)) {
      mistakes.addAll(wrong);
      return Optional.empty();
    }
    if (spec instanceof Decoded.Valid<CloudSpec>(var good)
        && status instanceof Decoded.Valid<CloudStatus>(var found)) {
      if (!allowed(good, id, namespaces)) {
        mistakes.add(
            asker.path(),
            "Cloud " + name + " may not be used from namespace " + id.namespace(),
            "choose another Cloud, or ask the platform team to allow the namespace in"
                + " spec.allowedNamespaces of the Cloud"
                + asker.untouched());
        return Optional.empty();
      }
      return Optional.of(new Catalogue(name, good, found));
    }
    return Optional.empty();
  }

  private static boolean allowed(CloudSpec spec, ClusterId id, List<Tree> namespaces) {
    Map<String, String> labels = new TreeMap<>();
    // Kubernetes puts this label on every namespace itself.
    labels.put("kubernetes.io/metadata.name", id.namespace());
    for (Tree namespace : namespaces) {
      Tree own = namespace.at("metadata", "labels");
      own.fields().forEach(key -> own.at(key).text().ifPresent(value -> labels.put(key, value)));
    }
    return spec.allowedNamespaces().map(selector -> selects(selector, labels)).orElse(true);
  }

  private static boolean selects(LabelSelector selector, Map<String, String> labels) {
    return labels.entrySet().containsAll(selector.matchLabels().entrySet())
        && selector.matchExpressions().stream().allMatch(expression -> holds(expression, labels));
  }

  private static boolean holds(Expression expression, Map<String, String> labels) {
    String value = labels.get(expression.key());
    return switch (expression.operator()) {
      case In -> value != null && expression.values().contains(value);
      case NotIn -> value == null || !expression.values().contains(value);
      case Exists -> value != null;
      case DoesNotExist -> value == null;
    };
  }
}
