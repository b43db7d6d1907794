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
  private static final int PAGE = 500;

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

  /**
   * A volume or a snapshot of one.
   *
   * @param idle whether it is neither used nor in the middle of something
   */
  public record Stored(String id, String name, boolean idle) {}

  /** Volumes with this entry in their metadata; none where the cloud has no volumes. */
  public List<Stored> volumes(String key, String value) {
    return stored("volumes", key, value);
  }

  /** Snapshots with this entry in their metadata; none where the cloud has no volumes. */
  public List<Stored> snapshots(String key, String value) {
    return stored("snapshots", key, value);
  }

  private List<Stored> stored(String kind, String key, String value) {
    if (!dialogue.has(Service.VOLUME)) {
      return List.of();
    }
    Ask ask = Ask.get("/" + kind + "/detail").with("limit", PAGE);
    return dialogue.all(
        Service.VOLUME,
        ask,
        kind,
        page ->
            page.stream()
                .filter(one -> one.at("metadata", key).text().filter(value::equals).isPresent())
                .map(Cinder::stored)
                .toList());
  }

  private static Stored stored(Tree one) {
    String status = one.at("status").text().orElse("");
    return new Stored(
        one.at("id").text().orElse(""),
        one.at("name").text().orElse(""),
        status.equals("available") || status.startsWith("error"));
  }

  /** Begins to delete a volume. */
  public void deleteVolume(String id) {
    var _ = dialogue.ask(Service.VOLUME, Ask.delete("/volumes/" + Ask.segment(id)));
  }

  /** Begins to delete a snapshot. */
  public void deleteSnapshot(String id) {
    var _ = dialogue.ask(Service.VOLUME, Ask.delete("/snapshots/" + Ask.segment(id)));
  }

  private static Optional<Quota> quota(String resource, Tree limit, Tree used) {
    return limit.whole().map(most -> new Quota(resource, most, used.whole().orElse(0L)));
  }
}
