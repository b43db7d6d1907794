package dev.isobar.function.compose.autoscaler;

import dev.isobar.apis.tree.Tree;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What the cluster autoscaler takes the nodes of a MachineDeployment to be before there is one: its
 * rules, read off its source at release 1.35.
 *
 * @param min fewest machines
 * @param max most machines
 * @param capacity what a node offers, by resource name, as Kubernetes writes amounts
 * @param labels of a node
 * @param taints of a node, as {@code key=value:effect}
 * @param options by which the flags are overridden for it
 * @see <a
 *     href="https://github.com/kubernetes/autoscaler/blob/cluster-autoscaler-1.35.2/cluster-autoscaler/cloudprovider/clusterapi/clusterapi_unstructured.go">
 *     the source of annotations</a>
 */
record NodesToCome(
    int min,
    int max,
    SortedMap<String, String> capacity,
    SortedMap<String, String> labels,
    SortedSet<String> taints,
    SortedMap<String, String> options) {
  private static final String GROUP = "cluster.x-k8s.io/";
  private static final String CAPACITY = "capacity.cluster-autoscaler.kubernetes.io/";
  private static final String OPTIONS = GROUP + "autoscaling-options-";
  private static final Pattern AMOUNT = Pattern.compile("[0-9]+(m|[kMGT]|[KMGT]i)?");
  private static final Pattern NAME =
      Pattern.compile(
          "([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
  private static final Pattern VALUE =
      Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");

  /**
   * Reads a MachineDeployment.
   *
   * @param template the machine template it refers to
   */
  static NodesToCome of(Tree deployment, Tree template) {
    SortedMap<String, String> annotations = new TreeMap<>();
    Tree written = deployment.at("metadata", "annotations");
    for (String key : written.fields()) {
      annotations.put(key, written.at(key).text().orElseThrow());
    }
    return new NodesToCome(
        size(annotations, "min"),
        size(annotations, "max"),
        capacity(annotations, template),
        labels(annotations),
        taints(annotations),
        options(annotations));
  }

  private static int size(Map<String, String> annotations, String which) {
    return Integer.parseInt(
        annotations.getOrDefault(
            GROUP + "cluster-api-autoscaler-node-group-" + which + "-size", "none"));
  }

  /** The template tells what it can, and annotations override it; pods are 110 unless told. */
  private static SortedMap<String, String> capacity(
      Map<String, String> annotations, Tree template) {
    var capacity = new TreeMap<String, String>();
    Tree told = template.at("status", "capacity");
    told.fields().forEach(name -> capacity.put(name, told.at(name).text().orElseThrow()));
    amount(annotations, "cpu", "cpu", capacity);
    amount(annotations, "memory", "memory", capacity);
    amount(annotations, "ephemeral-disk", "ephemeral-storage", capacity);
    String type = annotations.getOrDefault(CAPACITY + "gpu-type", "");
    String count = annotations.getOrDefault(CAPACITY + "gpu-count", "");
    if (!type.isEmpty() && !count.isEmpty()) {
      capacity.put(type, whole(count));
    }
    capacity.put("pods", whole(annotations.getOrDefault(CAPACITY + "maxPods", "110")));
    return capacity;
  }

  private static void amount(
      Map<String, String> annotations, String key, String resource, Map<String, String> capacity) {
    String amount = annotations.getOrDefault(CAPACITY + key, "");
    if (!amount.isEmpty()) {
      capacity.put(resource, fitting(AMOUNT, amount));
    }
  }

  private static String whole(String number) {
    return String.valueOf(Integer.parseInt(number));
  }

  private static SortedMap<String, String> labels(Map<String, String> annotations) {
    var labels = new TreeMap<String, String>();
    for (String label : list(annotations, "labels")) {
      String[] parts = label.split("=", 2);
      if (parts.length == 2) {
        labels.put(parts[0], parts[1]);
      }
    }
    return labels;
  }

  /** A taint that it cannot read is left out, without a word to anybody: here it is told. */
  private static SortedSet<String> taints(Map<String, String> annotations) {
    var taints = new TreeSet<String>();
    for (String taint : list(annotations, "taints")) {
      String[] parts = taint.split(":", -1);
      String[] pair = parts[0].split("=", -1);
      if (parts.length != 2 || pair.length > 2) {
        throw new AssertionError("the autoscaler cannot read taint " + taint);
      }
      String value = pair.length == 2 ? fitting(VALUE, pair[1]) : "";
      taints.add(fitting(NAME, pair[0]) + "=" + value + ":" + parts[1]);
    }
    return taints;
  }

  private static SortedMap<String, String> options(Map<String, String> annotations) {
    var options = new TreeMap<String, String>();
    annotations.forEach((key, value) -> {
      if (key.startsWith(OPTIONS)) {
        options.put(key.substring(OPTIONS.length()), value.toLowerCase(Locale.ROOT));
      }
    });
    return options;
  }

  private static List<String> list(Map<String, String> annotations, String key) {
    String text = annotations.getOrDefault(CAPACITY + key, "");
    return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
  }

  private static String fitting(Pattern pattern, String text) {
    if (!pattern.matcher(text).matches()) {
      throw new AssertionError("the autoscaler cannot read " + text);
    }
    return text;
  }
}
