package dev.isobar.function.compose.gpu;

import dev.isobar.apis.tree.Fields;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.naming.Canonical;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A configuration of the NVIDIA device plugin (api/config/v1 of k8s-device-plugin): how many pods
 * share a GPU. The resource keeps its name, so a share is asked for like a whole GPU.
 *
 * @param strategy how they share
 * @param replicas how many share one GPU, at least 2
 * @param failRequestsGreaterThanOne whether pods that ask for several shares are refused
 */
public record SharingConfig(Strategy strategy, int replicas, boolean failRequestsGreaterThanOne) {
  /** More than any claim may ask for. */
  private static final int MOST = 1024;

  private static final String RESOURCES = "resources";
  private static final String REPLICAS = "replicas";
  private static final String FAIL = "failRequestsGreaterThanOne";

  /** How pods share a GPU. */
  public enum Strategy {
    /** They take turns. */
    TIME_SLICING("timeSlicing"),
    /** They run at the same time, each with its part of the memory. */
    MPS("mps");

    private final String field;

    Strategy(String field) {
      this.field = field;
    }
  }

  /**
   * The configuration's key and the value of the node label {@code
   * nvidia.com/device-plugin.config}.
   */
  public String name() {
    return "share-" + Canonical.hash(content());
  }

  /** What stands under {@code sharing}, as maps, lists and scalars. */
  public SortedMap<String, Object> content() {
    var resource = Fields.with("name", GpuPlan.WHOLE).set(REPLICAS, replicas).map();
    return Fields.with(
            strategy.field,
            Fields.with(FAIL, failRequestsGreaterThanOne).set(RESOURCES, List.of(resource)))
        .map();
  }

  /**
   * The configuration of a content; absent unless it is exactly one that {@link #content()} gives.
   */
  static Optional<SharingConfig> read(Tree content) {
    for (Strategy strategy : Strategy.values()) {
      Tree fields = content.at(strategy.field);
      long replicas =
          fields.at(RESOURCES).items().stream()
              .findFirst()
              .flatMap(item -> item.at(REPLICAS).whole())
              .orElse(0L);
      boolean fail = fields.at(FAIL).truth().orElse(false);
      if (replicas > 1 && replicas <= MOST) {
        var config = new SharingConfig(strategy, (int) replicas, fail);
        boolean exact = Canonical.json(config.content()).equals(Canonical.json(content.plain()));
        return exact ? Optional.of(config) : Optional.empty();
      }
    }
    return Optional.empty();
  }
}
