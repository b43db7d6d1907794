package dev.isobar.function.compose.workspace;

import dev.isobar.apis.schema.Size;
import dev.isobar.apis.workspace.GpuWorkspaceSpec;
import dev.isobar.apis.workspace.WorkspaceQuota;
import dev.isobar.function.compose.gpu.GpuPlan;
import dev.isobar.function.compose.plan.Mistakes;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The hard limits of a workspace's namespace. Extended resources are counted by what pods request;
 * processors and memory are not, for then every pod would have to name them. What is not the team's
 * own comes on top: places that are kept free, and the volume of the hub.
 */
final class QuotaLimits {
  private static final String PATH = "spec.quota";

  /** What the chart's hub keeps its state on. */
  private static final Size OF_THE_HUB = new Size("1Gi");

  /** What the schema allows. */
  private static final int MOST_GPUS = 10_000;

  private final WorkspaceQuota quota;
  private final boolean hub;
  private final List<AcceleratorOffer> offers;
  private final List<ServerChoice> servers;
  private final Set<String> elsewhere;
  private final Mistakes mistakes;

  /**
   * The limits of a workspace.
   *
   * @param elsewhere resources of GPUs that the cluster has, whoever they are for
   */
  QuotaLimits(
      GpuWorkspaceSpec spec,
      List<AcceleratorOffer> offers,
      List<ServerChoice> servers,
      Set<String> elsewhere,
      Mistakes mistakes) {
    quota = spec.quota();
    hub = spec.jupyterhub().isPresent();
    this.offers = offers;
    this.servers = servers;
    this.elsewhere = new TreeSet<>(elsewhere);
    this.mistakes = mistakes;
  }

  SortedMap<String, String> all() {
    SortedMap<String, Integer> resources = resources();
    checkSharedNames();
    for (ServerChoice server : servers) {
      server
          .later()
          .or(server::resource)
          .ifPresent(resource -> checkOne(server, resource, resources));
    }
    if (!hub) {
      checkNone(resources);
    }
    var limits = new TreeMap<String, String>();
    if (quota.gpus().isPresent()) {
      // What is not limited by name is not limited, and its GPUs are others'.
      elsewhere.forEach(resource -> limits.put("requests." + resource, "0"));
    }
    resources.forEach((resource, limit) ->
        limits.put("requests." + resource, String.valueOf(limit + keptFree(resource))));
    quota
        .storage()
        .map(size -> hub ? size.plus(OF_THE_HUB) : size)
        .ifPresent(size -> limits.put("requests.storage", size.text()));
    quota
        .volumes()
        .map(count -> hub ? count + 1 : count)
        .ifPresent(count -> limits.put("persistentvolumeclaims", String.valueOf(count)));
    return limits;
  }

  private SortedMap<String, Integer> resources() {
    var limits = new TreeMap<String, Integer>();
    quota
        .gpus()
        .ifPresent(gpus ->
            shares(gpus)
                .forEach(shares ->
                    shares.forEach(
                        (resource, share) -> limits.merge(resource, share, Integer::sum))));
    var offered = new TreeMap<String, Integer>();
    offers.forEach(offer -> offered.putAll(offer.perNode()));
    quota
        .resources()
        .forEach((resource, limit) -> {
          if (!offered.containsKey(resource)) {
            mistakes.add(
                PATH + ".resources[" + resource + "]",
                "no accelerator offers it",
                offered.isEmpty()
                    ? "remove it, or add an accelerator that does"
                    : NearestResource.remedy(resource, offered.keySet(), "they offer"));
          }
          limits.put(resource, limit);
        });
    return limits;
  }

  /**
   * Kubernetes counts by name alone: what a few GPUs are when many share one would be as many whole
   * GPUs elsewhere.
   */
  private void checkSharedNames() {
    if (quota.gpus().isEmpty() || quota.resources().containsKey(GpuPlan.WHOLE)) {
      return;
    }
    var byShares = new TreeMap<Integer, String>();
    for (AcceleratorOffer offer : offers) {
      int shares = share(offer.perNode().getOrDefault(GpuPlan.WHOLE, 0), 1, offer.gpus());
      boolean divided = offer.plan().filter(plan -> !plan.layouts().isEmpty()).isPresent();
      if (offer.perNode().containsKey(GpuPlan.WHOLE)) {
        byShares.putIfAbsent(divided ? 1 : shares, offer.name());
      }
    }
    if (byShares.size() > 1) {
      mistakes.add(
          PATH + ".gpus",
          "cannot be counted: "
              + GpuPlan.WHOLE
              + " is "
              + part(byShares.firstKey())
              + " of accelerator "
              + byShares.firstEntry().getValue()
              + " and "
              + part(byShares.lastKey())
              + " of "
              + byShares.lastEntry().getValue()
              + ", and Kubernetes counts both alike",
          "limit it by resources["
              + GpuPlan.WHOLE
              + "], where both count alike, or put them in workspaces of their own");
    }
  }

  private static String part(int shares) {
    return shares == 1 ? "a whole GPU" : "one of " + shares + " shares of a GPU";
  }

  /** What so many GPUs of each accelerator offer; of nodes that differ, those that offer most. */
  private Collection<SortedMap<String, Integer>> shares(int gpus) {
    var shares = new TreeMap<String, SortedMap<String, Integer>>();
    for (AcceleratorOffer offer : offers) {
      SortedMap<String, Integer> ofAll = shares.computeIfAbsent(offer.name(), _ -> new TreeMap<>());
      shares(offer, gpus).forEach((resource, share) -> ofAll.merge(resource, share, Math::max));
    }
    return shares.values();
  }

  /** What so many GPUs offer; of nodes that are not as planned yet as well, while there are any. */
  private static SortedMap<String, Integer> shares(AcceleratorOffer offer, int gpus) {
    var shares = new TreeMap<String, Integer>();
    offer
        .perNode()
        .forEach((resource, count) -> shares.put(resource, share(count, gpus, offer.gpus())));
    offer
        .earlier()
        .ifPresent(earlier ->
            earlier
                .perNode()
                .forEach((resource, count) ->
                    shares.merge(
                        resource,
                        share(count, gpus, earlier.plan().map(GpuPlan::count).orElse(offer.gpus())),
                        Math::max)));
    return shares;
  }

  private static int share(int perNode, int gpus, int ofNode) {
    return (int) Math.min(Integer.MAX_VALUE, (long) perNode * gpus / Math.max(1, ofNode));
  }

  /** Places that are kept free are no use of the team's. */
  private int keptFree(String resource) {
    return servers.stream()
        .filter(server -> server.resource().filter(resource::equals).isPresent())
        .mapToInt(server -> server.profile().placeholders() * server.count())
        .sum();
  }

  private void checkOne(
      ServerChoice server, String resource, SortedMap<String, Integer> resources) {
    int limit = resources.getOrDefault(resource, Integer.MAX_VALUE);
    if (limit < server.count()) {
      boolean single = quota.resources().containsKey(resource);
      mistakes.add(
          single ? PATH + ".resources[" + resource + "]" : PATH + ".gpus",
          "allows "
              + limit
              + " of "
              + resource
              + ", and one server of profile "
              + server.profile().name()
              + " needs "
              + server.count(),
          "set it to " + (single ? server.count() : enough(resource, server.count())) + " or more");
    }
  }

  /** A few GPUs may come to none of a resource that many have one of. */
  private void checkNone(SortedMap<String, Integer> resources) {
    offers.stream()
        .flatMap(offer -> offer.perNode().keySet().stream())
        .distinct()
        .filter(resource -> !quota.resources().containsKey(resource))
        .filter(resource -> resources.getOrDefault(resource, 1) == 0)
        .forEach(resource ->
            mistakes.add(
                PATH + ".gpus",
                "allows 0 of " + resource + ", and no job could have any",
                "set it to " + enough(resource, 1) + " or more, or limit it by resources"));
  }

  /** The fewest GPUs that come to so many of a resource. */
  private int enough(String resource, int count) {
    int gpus = quota.gpus().orElse(1);
    while (gpus < MOST_GPUS && sum(resource, gpus) < count) {
      gpus++;
    }
    return gpus;
  }

  private int sum(String resource, int gpus) {
    return shares(gpus).stream().mapToInt(shares -> shares.getOrDefault(resource, 0)).sum();
  }
}
