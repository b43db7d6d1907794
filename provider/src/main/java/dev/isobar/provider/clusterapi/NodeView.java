package dev.isobar.provider.clusterapi;

import dev.isobar.apis.tree.Tree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A node of a workload cluster, as far as its GPUs are concerned.
 *
 * @param labels those of NVIDIA's programs; of the hundreds of others on a thousand nodes none is
 *     kept
 * @param taints all of them, as they are
 * @param offered amounts of extended resources that pods can have, of any vendor, by name
 */
public record NodeView(
    String name,
    String resourceVersion,
    String providerId,
    Map<String, String> labels,
    List<Tree> taints,
    SortedMap<String, Long> offered) {
  /** Keeps pods away until the GPUs are as planned; nodes of our machines start with it. */
  public static final String NOT_READY = "isobar.dev/gpu-not-ready";

  private static final String NVIDIA = "nvidia.com/";

  /** Reads a Node; the metadata is given apart. */
  public static NodeView of(
      String name, String resourceVersion, Map<String, String> labels, Tree content) {
    var offered = new TreeMap<String, Long>();
    Tree allocatable = content.at("status", "allocatable");
    allocatable.fields().stream()
        .filter(resource -> resource.contains("/")) // not cpu, memory and the like
        .forEach(resource ->
            amount(allocatable.at(resource)).ifPresent(count -> offered.put(resource, count)));
    return new NodeView(
        name,
        resourceVersion,
        content.at("spec", "providerID").text().orElse(""),
        labels.entrySet().stream()
            .filter(label -> label.getKey().startsWith(NVIDIA))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)),
        content.at("spec", "taints").items(),
        offered);
  }

  /** Counts of devices are whole; whatever is none counts for nothing. */
  private static Optional<Long> amount(Tree tree) {
    return tree.whole().or(() -> tree.text().flatMap(Quantity::whole));
  }

  /** Whether pods are kept away because of its GPUs. */
  public boolean held() {
    return taints.stream().anyMatch(NodeView::ours);
  }

  static boolean ours(Tree taint) {
    return taint.at("key").text().filter(NOT_READY::equals).isPresent();
  }
}
