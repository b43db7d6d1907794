package dev.isobar.function.compose.workspace;

import dev.isobar.apis.decode.Nearest;
import dev.isobar.apis.schema.Size;
import dev.isobar.apis.workspace.GpuWorkspaceSpec;
import dev.isobar.apis.workspace.WorkspaceQuota;
import dev.isobar.function.compose.plan.Mistakes;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The hard limits of a workspace's namespace. Extended resources are counted by what pods request;
 * processors and memory are not, for then every pod would have to name them. What is not the team's
 * own comes on top: places that are kept free, and the volume of the hub.
 */
final class QuotaLimits {
  private static final String PATH = "spec.quota";

  /** What the chart's hub keeps its state on. */
  private static final Size OF_THE_HUB = new Size("1Gi");

  private final WorkspaceQuota quota;
  private final boolean hub;
  private final List<AcceleratorOffer> offers;
  private final List<ServerChoice> servers;
  private final Mistakes mistakes;

  QuotaLimits(
      GpuWorkspaceSpec spec,
      List<AcceleratorOffer> offers,
      List<ServerChoice> servers,
      Mistakes mistakes) {
    quota = spec.quota();
    hub = spec.jupyterhub().isPresent();
    this.offers = offers;
    this.servers = servers;
    this.mistakes = mistakes;
  }

  SortedMap<String, String> all() {
    SortedMap<String, Integer> resources = resources();
    for (ServerChoice server : servers) {
      server.resource().ifPresent(resource -> checkOne(server, resource, resources));
    }
    var limits = new TreeMap<String, String>();
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
        .ifPresent(gpus -> {
          for (AcceleratorOffer offer : offers) {
            offer
                .perNode()
                .forEach((resource, count) ->
                    limits.merge(resource, share(count, gpus, offer), Integer::sum));
          }
        });
    var offered = new TreeMap<String, Integer>();
    offers.forEach(offer -> offered.putAll(offer.perNode()));
    quota
        .resources()
        .forEach((resource, limit) -> {
          if (!offered.containsKey(resource)) {
            mistakes.add(
                PATH + ".resources[" + resource + "]",
                "no accelerator offers it",
                Nearest.remedy(resource, offered.keySet(), "they offer"));
          }
          limits.put(resource, limit);
        });
    return limits;
  }

  /** What so many GPUs offer, of what a node does. */
  private static int share(int perNode, int gpus, AcceleratorOffer offer) {
    int ofNode = Math.max(1, offer.gpus());
    return (int) Math.min(Integer.MAX_VALUE, (long) perNode * gpus / ofNode);
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
      mistakes.add(
          quota.resources().containsKey(resource)
              ? PATH + ".resources[" + resource + "]"
              : PATH + ".gpus",
          "allows "
              + limit
              + " of "
              + resource
              + ", and one server of profile "
              + server.profile().name()
              + " needs "
              + server.count(),
          "allow at least that many");
    }
  }
}
