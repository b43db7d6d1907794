package dev.isobar.function.compose.plan;

import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.platform.Pool;
import dev.isobar.function.compose.naming.Names;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks that no pool takes the name of the control plane, or of another pool's part in a zone. */
final class PoolNameChecks {
  /** What the control plane's machines are called. */
  static final String CONTROL_PLANE = "cp";

  private final ClusterId id;
  private final PlatformClusterSpec spec;
  private final Mistakes mistakes;

  PoolNameChecks(ClusterId id, PlatformClusterSpec spec, Mistakes mistakes) {
    this.id = id;
    this.spec = spec;
    this.mistakes = mistakes;
  }

  void check() {
    Map<String, String> taken = new HashMap<>();
    taken.put(Names.machines(id.cluster(), CONTROL_PLANE), "the control plane");
    for (int i = 0; i < spec.pools().size(); i++) {
      Pool pool = spec.pools().get(i);
      boolean spread = pool.gpu().isEmpty() && pool.zones().size() > 1;
      for (String zone : spread ? pool.zones() : List.of("")) {
        String name =
            zone.isEmpty()
                ? Names.machines(id.cluster(), pool.name())
                : Names.machines(id.cluster(), pool.name(), zone);
        String owner = "pool " + pool.name() + (zone.isEmpty() ? "" : " in zone " + zone);
        String other = taken.putIfAbsent(name, owner);
        if (other != null) {
          mistakes.add(
              "spec.pools[" + i + "].name",
              "machines of " + owner + " would be called like those of " + other,
              "choose another name for the pool");
        }
      }
    }
  }
}
