package dev.isobar.function.compose.gpu;

import dev.isobar.apis.tree.Fields;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.naming.Canonical;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * An entry of mig-parted's configuration (api/spec/v1 of mig-parted): how the GPUs of a node are
 * divided.
 *
 * @param groups GPUs that are divided alike, in the order of their first index; every GPU of a node
 *     is in one
 */
public record MigConfig(List<Group> groups) {
  /**
   * The name of the entry that switches MIG off, which the GPU Operator gives to nodes without a
   * wish.
   */
  public static final String ALL_DISABLED = "all-disabled";

  private static final String ALL = "all";

  /** More instances than any GPU holds. */
  private static final int MOST = 16;

  /**
   * mig-parted refuses its whole file for one profile it cannot read (pkg/types/mig_profile.go).
   */
  private static final Pattern PROFILE =
      Pattern.compile("[0-9]{1,2}g\\.[0-9]{1,4}gb([+-][a-z]+(\\.[a-z]+)*)?");

  /**
   * GPUs of a node that are divided alike.
   *
   * @param devices their indices, ascending; empty for all GPUs
   * @param instances number of instances by profile; empty for whole GPUs
   */
  public record Group(List<Integer> devices, SortedMap<String, Integer> instances) {
    /** Copies list and map. */
    public Group {
      devices = List.copyOf(devices);
      instances = Collections.unmodifiableSortedMap(new TreeMap<>(instances));
    }

    private SortedMap<String, Object> content() {
      return Fields.with(
              "devices",
              devices.isEmpty() ? ALL : devices.stream().map(Integer::longValue).toList())
          .set("mig-enabled", !instances.isEmpty())
          .setUnlessEmpty("mig-devices", Fields.none().setAll(instances).map())
          .map();
    }

    private static Optional<Group> read(Tree tree) {
      var devices = new ArrayList<Integer>();
      for (Tree index : tree.at("devices").items()) {
        index.whole().ifPresent(number -> devices.add(number.intValue()));
      }
      var instances = new TreeMap<String, Integer>();
      Tree counts = tree.at("mig-devices");
      for (String profile : counts.fields()) {
        long count = counts.at(profile).whole().orElse(0L);
        if (count < 1 || count > MOST || !PROFILE.matcher(profile).matches()) {
          return Optional.empty();
        }
        instances.put(profile, (int) count);
      }
      return Optional.of(new Group(devices, instances));
    }
  }

  /** Copies the list. */
  public MigConfig {
    groups = List.copyOf(groups);
  }

  /**
   * The entry for these layouts, one for each GPU of a node; empty when they leave all GPUs whole.
   */
  static Optional<MigConfig> of(List<SortedMap<String, Integer>> layouts) {
    var devices = new LinkedHashMap<SortedMap<String, Integer>, List<Integer>>();
    for (int gpu = 0; gpu < layouts.size(); gpu++) {
      devices.computeIfAbsent(layouts.get(gpu), _ -> new ArrayList<>()).add(gpu);
    }
    if (devices.keySet().stream().allMatch(Map::isEmpty)) {
      return Optional.empty();
    }
    boolean alike = devices.size() == 1;
    var groups = new ArrayList<Group>();
    devices.forEach(
        (layout, indices) -> groups.add(new Group(alike ? List.of() : indices, layout)));
    return Optional.of(new MigConfig(groups));
  }

  /**
   * The entry's name and the value of the node label {@code nvidia.com/mig.config}; it follows the
   * content.
   */
  public String name() {
    return "mig-" + Canonical.hash(content());
  }

  /**
   * The layout of each GPU of a node, in the order of its index.
   *
   * @param gpus how many GPUs a node has, where the entry speaks of all
   */
  List<SortedMap<String, Integer>> layouts(int gpus) {
    if (groups.size() == 1 && groups.getFirst().devices().isEmpty()) {
      return Collections.nCopies(gpus, groups.getFirst().instances());
    }
    var byIndex = new TreeMap<Integer, SortedMap<String, Integer>>();
    groups.forEach(
        group -> group.devices().forEach(index -> byIndex.put(index, group.instances())));
    return List.copyOf(byIndex.values());
  }

  /** The entry itself, as maps, lists and scalars. */
  public List<SortedMap<String, Object>> content() {
    return groups.stream().map(Group::content).toList();
  }

  /** The entry of a content; absent unless it is exactly one that {@link #content()} gives. */
  static Optional<MigConfig> read(Tree content) {
    var groups = new ArrayList<Group>();
    for (Tree item : content.items()) {
      Group.read(item).ifPresent(groups::add);
    }
    var config = new MigConfig(groups);
    boolean exact =
        !groups.isEmpty()
            && Canonical.json(config.content()).equals(Canonical.json(content.plain()));
    return exact ? Optional.of(config) : Optional.empty();
  }
}
