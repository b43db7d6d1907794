package dev.isobar.provider.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.CloudEndpoints;
import dev.isobar.apis.compute.CloudEndpoints.Reach;
import dev.isobar.provider.external.Account;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Leftover;
import dev.isobar.provider.external.Leftover.Kind;
import dev.isobar.provider.external.Leftovers;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the EBS driver made for a cluster, over HTTP and through the whole SDK. */
final class Ec2LeftoversTest {
  private static final String OURS =
      tag("ebs.csi.aws.com/cluster", "true") + tag("kubernetes.io/cluster/lab-1", "owned");

  private final QueryServer ec2 = new QueryServer();
  private final Leftovers leftovers = open();

  @AfterEach
  void end() {
    ec2.close();
  }

  private Leftovers open() {
    String address = ec2.address().toString();
    var account =
        new Account(
            "us-east-1",
            new CloudEndpoints(Map.of("ec2", address, "sts", address), Reach.Public),
            Optional.of(
                new SecretBytes(
                    "[default]\naws_access_key_id=AKID\naws_secret_access_key=hush-hush"
                        .getBytes(StandardCharsets.UTF_8))),
            "default",
            Optional.empty());
    return ((Response.Answered<Machines>) new Ec2Access().open(account)).value().leftovers();
  }

  private static String volume(String id, String status, String name) {
    return "<item><volumeId>%s</volumeId><status>%s</status><tagSet>%s%s</tagSet></item>"
        .formatted(id, status, tag("Name", name), OURS);
  }

  private static String tag(String key, String value) {
    return "<item><key>%s</key><value>%s</value></item>".formatted(key, value);
  }

  @Test
  void snapshotsAndVolumesAreFoundByTheDriversTags() {
    ec2.on(
        "DescribeSnapshots",
        _ ->
            "<snapshotSet><item><snapshotId>snap-1</snapshotId><tagSet>"
                + OURS
                + "</tagSet></item><item><snapshotId>snap-of-others</snapshotId></item>"
                + "</snapshotSet>");
    ec2.on(
        "DescribeVolumes",
        request ->
            request.containsKey("NextToken")
                ? "<volumeSet>" + volume("vol-2", "in-use", "pvc-2") + "</volumeSet>"
                : "<volumeSet>"
                    + "<item><volumeId>vol-of-others</volumeId><status>available</status></item>"
                    + volume("vol-1", "available", "pvc-1")
                    + "</volumeSet><nextToken>more</nextToken>");
    assertThat(leftovers.of("lab-1"))
        .isEqualTo(
            Response.of(
                List.of(
                    new Leftover(Kind.Snapshot, "snap-1", "", true),
                    new Leftover(Kind.Volume, "vol-1", "pvc-1", true),
                    new Leftover(Kind.Volume, "vol-2", "pvc-2", false))));
    for (String action : List.of("DescribeSnapshots", "DescribeVolumes")) {
      assertThat(ec2.asked(action).getFirst())
          .containsEntry("Filter.1.Name", "tag:ebs.csi.aws.com/cluster")
          .containsEntry("Filter.1.Value.1", "true")
          .containsEntry("Filter.2.Name", "tag:kubernetes.io/cluster/lab-1")
          .containsEntry("Filter.2.Value.1", "owned");
    }
    assertThat(ec2.asked("DescribeSnapshots").getFirst()).containsEntry("Owner.1", "self");
  }

  @Test
  void theirAccountIsThatOfMachines() {
    ec2.on(
        "GetCallerIdentity",
        _ -> "<GetCallerIdentityResult><Account>123456789012</Account></GetCallerIdentityResult>");
    assertThat(leftovers.account()).isEqualTo(Response.of("EC2/us-east-1/123456789012"));
  }

  @Test
  void aRightThatLacksIsNotTakenForNothing() {
    ec2.on("DescribeSnapshots", _ -> "<snapshotSet/>");
    ec2.replyOnce(
        "DescribeVolumes", QueryServer.refusal(403, "UnauthorizedOperation", "you may not"));
    assertThat(leftovers.of("lab-1")).isInstanceOf(Response.Failed.class);
  }

  @Test
  void removingWhatIsGoneIsWell() {
    ec2.on("DeleteVolume", _ -> "<return>true</return>");
    ec2.on("DeleteSnapshot", _ -> "<return>true</return>");
    ec2.replyOnce(
        "DeleteSnapshot", QueryServer.refusal(400, "InvalidSnapshot.NotFound", "there is none"));
    for (Kind kind : List.of(Kind.Volume, Kind.Snapshot)) {
      assertThat(leftovers.remove(new Leftover(kind, "x-1", "", true)))
          .isEqualTo(new Effect.Accepted());
    }
    assertThat(ec2.asked("DeleteVolume").getFirst()).containsEntry("VolumeId", "x-1");
    assertThat(ec2.asked("DeleteSnapshot").getFirst()).containsEntry("SnapshotId", "x-1");
  }
}
