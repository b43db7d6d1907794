package dev.isobar.provider.openstack.volume;

import dev.isobar.apis.compute.CloudStatus.Quota;
import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.openstack.identity.Dialogue;
import dev.isobar.provider.openstack.identity.Service;
import dev.isobar.provider.openstack.rest.Ask;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Cinder, the volume service, in one dialogue. */
public final class Cinder {
  private final Dialogue dialogue;

  /** Cinder as this dialogue reaches it. */
  public Cinder(Dialogue dialogue) {
    this.dialogue = dialogue;
  }

  /** Limits of the project; none where the cloud has no volumes. */
  public List<Quota> limits() {
    if (!dialogue.has(Service.VOLUME)) {
      return List.of();
    }
    Tree limits = dialogue.ask(Service.VOLUME, Ask.get("/limits")).body().at("limits", "absolute");
    return Stream.of(
            quota("volumes", limits.at("maxTotalVolumes"), limits.at("totalVolumesUsed")),
            quota(
                "gigabytes", limits.at("maxTotalVolumeGigabytes"), limits.at("totalGigabytesUsed")))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Quota> quota(String resource, Tree limit, Tree used) {
    return limit.whole().map(most -> new Quota(resource, most, used.whole().orElse(0L)));
  }
}
