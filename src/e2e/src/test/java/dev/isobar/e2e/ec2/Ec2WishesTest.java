package dev.isobar.e2e.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.InstanceDisk;
import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.MetadataService;
import dev.isobar.apis.compute.Placement;
import dev.isobar.apis.compute.RootDisk;
import dev.isobar.apis.schema.Size;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.provider.external.Creation;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Order;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.SecretBytes;
import dev.isobar.provider.external.Subject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** What is wished for is made, kept as it shall be, and goes with what belongs to it. */
@ResourceLock(Alone.EC2)
final class Ec2WishesTest extends Ec2Scene {
  @Test
  void whatIsWantedIsMadeAndDoesNotDiffer() {
    Order order =
        order(wish -> {
          wish.interfaces.add(nic("main", true, "nodes", "storage"));
          wish.rootDisk =
              Optional.of(
                  new RootDisk(
                      new Size("80Gi"),
                      Optional.of("gp3"),
                      Optional.of(4000),
                      Optional.of(250),
                      Optional.of(new RootDisk.Encryption(true, Optional.empty())),
                      true));
          wish.disks.add(
              new InstanceDisk(
                  "data",
                  new Size("1Ti"),
                  Optional.of("gp3"),
                  false,
                  true,
                  Optional.of(new RootDisk.Encryption(true, Optional.empty()))));
          wish.placement =
              Optional.of(
                  new Placement(
                      Optional.of(named("ring")),
                      Optional.empty(),
                      Placement.Tenancy.Dedicated,
                      Optional.empty()));
          wish.metadata = new MetadataService(false, true, 3);
          wish.monitored = true;
          wish.isProtected = true;
          wish.tags.put("team", "eo");
          wish.userData =
              Optional.of(new SecretBytes("#cloud-config\n".getBytes(StandardCharsets.UTF_8)));
        });
    String id = made(order);
    ObservedMachine machine = running();
    assertThat(machine.facts().zone()).contains(ZONE);
    assertThat(machine.facts().volumes()).hasSize(2);
    assertThat(machine.facts().addresses()).anyMatch(one -> one.type().equals("ExternalIP"));
    assertThat(deviations(order.wanted())).isEmpty();
    Instance shown = shown(id);
    assertThat(shown.networkInterfaces().getFirst().groups()).hasSize(2);
    assertThat(shown.metadataOptions().httpPutResponseHopLimit()).isEqualTo(3);
    String volume = machine.facts().volumes().getFirst();
    assertThat(tagsOf(volume))
        .anyMatch(tag -> tag.key().equals(Subject.UID_TAG) && tag.value().equals(uid));
  }

  @Test
  void everythingThatCanBeMendedIsMended() {
    made(order(wish -> wish.interfaces.add(nic("main", false, "nodes"))));
    ObservedMachine machine = running();
    InstanceParameters wanted =
        order(
                wish -> {
                  wish.interfaces.add(nic("main", false, "storage"));
                  wish.metadata = new MetadataService(false, false, 5);
                  wish.monitored = true;
                  wish.isProtected = true;
                  wish.tags.put("team", "eo");
                })
            .wanted();
    List<Deviation> before = deviations(wanted);
    assertThat(before).hasSize(5).allMatch(Deviation::correctable);
    assertThat(MACHINES.update(subject, wanted, machine, before)).isEqualTo(new Effect.Accepted());
    assertThat(deviations(wanted)).isEmpty();
    InstanceParameters less =
        order(wish -> wish.interfaces.add(nic("main", false, "storage"))).wanted();
    List<Deviation> back = deviations(less);
    assertThat(back)
        .extracting(Deviation::field)
        .contains("spec.forProvider.tags", "spec.forProvider.deletionProtection");
    assertThat(MACHINES.update(subject, less, machine, back)).isEqualTo(new Effect.Accepted());
    assertThat(deviations(less)).isEmpty();
    assertThat(shown(machine.id()).tags()).noneMatch(tag -> tag.key().equals("team"));
  }

  /** As the EBS driver attaches those of a cluster: they are the cluster's. */
  @Test
  void aVolumeThatWasAttachedByOthersKeepsItsTags() {
    String id = made(order(_ -> {}));
    running();
    List<Tag> theirs =
        List.of(
            Tag.builder().key("ebs.csi.aws.com/cluster").value("true").build(),
            Tag.builder().key("team").value("theirs").build());
    var marked = TagSpecification.builder().resourceType("volume").tags(theirs).build();
    String volume =
        CLOUD
            .operator()
            .createVolume(
                request -> request.availabilityZone(ZONE).size(1).tagSpecifications(marked))
            .volumeId();
    var _ =
        CLOUD
            .operator()
            .attachVolume(request -> request.instanceId(id).volumeId(volume).device("/dev/xvdaa"));
    for (InstanceParameters wanted :
        List.of(order(wish -> wish.tags.put("team", "eo")).wanted(), order(_ -> {}).wanted())) {
      List<Deviation> differing = deviations(wanted);
      assertThat(differing).extracting(Deviation::field).containsExactly("spec.forProvider.tags");
      assertThat(MACHINES.update(subject, wanted, running(), differing))
          .isEqualTo(new Effect.Accepted());
      assertThat(tagsOf(volume)).containsExactlyInAnyOrderElementsOf(theirs);
    }
    var _ = CLOUD.operator().detachVolume(request -> request.instanceId(id).volumeId(volume));
    var _ = CLOUD.operator().deleteVolume(request -> request.volumeId(volume));
  }

  private static List<Tag> tagsOf(String volume) {
    return CLOUD
        .operator()
        .describeVolumes(request -> request.volumeIds(volume))
        .volumes()
        .getFirst()
        .tags();
  }

  @Test
  void aProtectedMachineIsDeletedByWhoOwnsIt() {
    String id = made(order(wish -> wish.isProtected = true));
    running();
    assertThat(MACHINES.delete(subject, id)).isEqualTo(new Effect.Accepted());
    StandInEc2.await("it is gone", this::seen, List::isEmpty);
  }

  @Test
  void aKeyFromASecretComesAndGoesWithItsInstance() {
    String key =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE1BQXxUo6Y7nY5W2q76ScuTyqR6shbmgeKi1AzGPd+j ops";
    Order order = order(_ -> {}, Optional.of(key));
    String id = made(order);
    assertThat(shown(id).keyName()).startsWith("isobar-" + uid);
    assertThat(MACHINES.create(order)).isEqualTo(new Creation.Created(id));
    running();
    assertThat(MACHINES.release(subject)).isEqualTo(Response.of(List.of()));
    assertThat(CLOUD.operator().describeKeyPairs().keyPairs())
        .noneMatch(pair -> pair.keyName().contains(uid));
  }

  @Test
  void addressesOfSeveralInterfacesComeAfterTheLaunchAndGo() {
    Order order =
        order(wish -> {
          wish.interfaces.add(nic("main", true));
          wish.interfaces.add(nic("data", false));
        });
    made(order);
    ObservedMachine machine = running();
    List<Deviation> missing = deviations(order.wanted());
    assertThat(missing)
        .extracting(Deviation::field)
        .containsExactly("spec.forProvider.networkInterfaces[0].publicAddress");
    assertThat(MACHINES.update(subject, order.wanted(), machine, missing))
        .isEqualTo(new Effect.Accepted());
    assertThat(deviations(order.wanted())).isEmpty();
    assertThat(seen().getFirst().connection()).containsKey("endpoint");
    assertThat(MACHINES.delete(subject, machine.id())).isEqualTo(new Effect.Accepted());
    StandInEc2.await("it is gone", this::seen, List::isEmpty);
    assertThat(MACHINES.release(subject)).isEqualTo(Response.of(List.of()));
    assertThat(CLOUD.operator().describeAddresses().addresses())
        .noneMatch(address -> address.tags().stream().anyMatch(tag -> tag.value().equals(uid)));
  }
}
