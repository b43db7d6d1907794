package dev.isobar.provider.ec2;

import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Leftover;
import dev.isobar.provider.external.Leftover.Kind;
import dev.isobar.provider.external.Leftovers;
import dev.isobar.provider.external.Response;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeState;

/**
 * What the EBS driver makes for a cluster, by the tags it writes (with {@code k8sTagClusterId}).
 * Load balancers and their security groups are removed by Cluster API's provider itself, before the
 * network.
 */
final class Ec2Leftovers implements Leftovers {
  private static final int PAGE = 500;
  private static final String OF_DRIVER = "ebs.csi.aws.com/cluster";
  private static final String OF_CLUSTER = "kubernetes.io/cluster/";

  private final Ec2Calls calls;
  private final String region;
  private final AccountOwner owner;
  private final EveryPage pages;

  Ec2Leftovers(Ec2Calls calls, String region, AccountOwner owner, InstantSource clock) {
    this.calls = calls;
    this.region = region;
    this.owner = owner;
    this.pages = new EveryPage(calls, clock);
  }

  @Override
  public Response<String> account() {
    return owner.account(region);
  }

  @Override
  public Response<List<Leftover>> of(String cluster) {
    SortedMap<String, String> tags =
        new TreeMap<>(Map.of(OF_DRIVER, "true", OF_CLUSTER + cluster, "owned"));
    return switch (snapshots(tags)) {
      case Response.Failed<List<Snapshot>>(var failure) -> Response.failed(failure);
      case Response.Answered<List<Snapshot>>(var snapshots) ->
          switch (volumes(tags)) {
            case Response.Failed<List<Volume>>(var failure) -> Response.failed(failure);
            case Response.Answered<List<Volume>>(var volumes) ->
                Response.of(both(tags, snapshots, volumes));
          };
    };
  }

  private Response<List<Snapshot>> snapshots(Map<String, String> tags) {
    return pages.of(
        "snapshots",
        (ec2, token) ->
            ec2.describeSnapshots(ask ->
                ask.ownerIds("self")
                    .filters(InstanceTags.filters(tags))
                    .maxResults(PAGE)
                    .nextToken(token)),
        DescribeSnapshotsResponse::snapshots,
        DescribeSnapshotsResponse::nextToken);
  }

  private Response<List<Volume>> volumes(Map<String, String> tags) {
    return pages.of(
        "volumes",
        (ec2, token) ->
            ec2.describeVolumes(
                ask -> ask.filters(InstanceTags.filters(tags)).maxResults(PAGE).nextToken(token)),
        DescribeVolumesResponse::volumes,
        DescribeVolumesResponse::nextToken);
  }

  /** They are deleted, so what a filter lets pass is looked at again. */
  private static List<Leftover> both(
      Map<String, String> tags, List<Snapshot> snapshots, List<Volume> volumes) {
    List<Leftover> all = new ArrayList<>();
    snapshots.stream()
        .filter(one -> InstanceTags.among(one.tags(), tags))
        .map(one -> new Leftover(Kind.Snapshot, one.snapshotId(), name(one.tags()), true))
        .forEach(all::add);
    volumes.stream()
        .filter(one -> InstanceTags.among(one.tags(), tags))
        .map(one -> new Leftover(Kind.Volume, one.volumeId(), name(one.tags()), idle(one)))
        .forEach(all::add);
    return List.copyOf(all);
  }

  private static boolean idle(Volume volume) {
    return volume.state() == VolumeState.AVAILABLE || volume.state() == VolumeState.ERROR;
  }

  private static String name(List<Tag> tags) {
    Optional<Tag> name = tags.stream().filter(tag -> tag.key().equals("Name")).findFirst();
    return name.map(Tag::value).orElse("");
  }

  @Override
  public Effect remove(Leftover leftover) {
    String id = leftover.id();
    CallEnd<?> end =
        switch (leftover.kind()) {
          case Volume -> calls.change(ec2 -> ec2.deleteVolume(ask -> ask.volumeId(id)));
          case Snapshot -> calls.change(ec2 -> ec2.deleteSnapshot(ask -> ask.snapshotId(id)));
          case LoadBalancer, PublicAddress, SecurityGroup ->
              throw new IllegalArgumentException("EC2's are not listed here: " + leftover);
        };
    return end.refusedAs("InvalidVolume.NotFound", "InvalidSnapshot.NotFound")
        ? new Effect.Accepted()
        : end.effect();
  }
}
