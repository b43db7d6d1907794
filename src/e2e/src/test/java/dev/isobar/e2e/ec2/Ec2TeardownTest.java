package dev.isobar.e2e.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.e2e.plane.Alone;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Leftover;
import dev.isobar.provider.external.Leftover.Kind;
import dev.isobar.provider.external.Leftovers;
import dev.isobar.provider.external.Response;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** Volumes and snapshots as the EBS driver tags them. */
@ResourceLock(Alone.EC2)
final class Ec2TeardownTest {
  private static final String CLUSTER = "eo-lab-f4bd8";

  private final Ec2Client ec2 = Ec2Scene.CLOUD.operator();
  private final Leftovers leftovers = Ec2Scene.MACHINES.leftovers();

  private static TagSpecification tags(ResourceType type, String cluster) {
    return TagSpecification.builder()
        .resourceType(type)
        .tags(
            tag("ebs.csi.aws.com/cluster", "true"),
            tag("kubernetes.io/cluster/" + cluster, "owned"),
            tag("Name", "pvc-1"))
        .build();
  }

  private static Tag tag(String name, String value) {
    return Tag.builder().key(name).value(value).build();
  }

  private String volume(String cluster) {
    return ec2.createVolume(request ->
            request
                .availabilityZone(Ec2Scene.ZONE)
                .size(8)
                .tagSpecifications(tags(ResourceType.VOLUME, cluster)))
        .volumeId();
  }

  private List<Leftover> found(String cluster) {
    return switch (leftovers.of(cluster)) {
      case Response.Answered<List<Leftover>>(var all) -> all;
      case Response.Failed<List<Leftover>>(var failure) -> throw new AssertionError(failure);
    };
  }

  @Test
  void whatIsOfTheClusterIsFoundAndRemoved() {
    String volume = volume(CLUSTER);
    String theirs = volume("another");
    String snapshot =
        ec2.createSnapshot(request ->
                request.volumeId(volume).tagSpecifications(tags(ResourceType.SNAPSHOT, CLUSTER)))
            .snapshotId();
    List<Leftover> all = found(CLUSTER);
    assertThat(all)
        .containsExactly(
            new Leftover(Kind.Snapshot, snapshot, "pvc-1", true),
            new Leftover(Kind.Volume, volume, "pvc-1", true));
    for (int twice = 0; twice < 2; twice++) {
      all.forEach(one -> assertThat(leftovers.remove(one)).isEqualTo(new Effect.Accepted()));
    }
    assertThat(found(CLUSTER)).isEmpty();
    assertThat(found("another").stream().map(Leftover::id)).containsExactly(theirs);
    assertThat(leftovers.remove(found("another").getFirst())).isEqualTo(new Effect.Accepted());
  }
}
