package dev.isobar.e2e.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.CloudObject;
import dev.isobar.apis.compute.ImageChoice;
import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.apis.compute.InstanceObservation.GpusInUse;
import dev.isobar.apis.compute.InstanceObservation.MachineAddress;
import dev.isobar.apis.compute.InstanceObservation.State;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.InstanceParameters.PowerState;
import dev.isobar.apis.compute.MachineTypeChoice.GpuNeed;
import dev.isobar.apis.compute.MachineTypeChoice.Requirements;
import dev.isobar.apis.compute.MetadataService;
import dev.isobar.apis.compute.NetworkInterface;
import dev.isobar.apis.compute.NetworkInterface.Acceleration;
import dev.isobar.apis.compute.NetworkInterface.PublicAddress;
import dev.isobar.apis.compute.ProviderSpecific;
import dev.isobar.apis.compute.ProviderSpecific.Ec2Corner;
import dev.isobar.apis.compute.ProviderSpecific.OpenStackCorner;
import dev.isobar.apis.compute.RootDisk;
import dev.isobar.apis.compute.SecretEntry;
import dev.isobar.apis.compute.UserDataSource;
import dev.isobar.apis.schema.Size;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.provider.external.Creation;
import dev.isobar.provider.external.CreationToken;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Offer;
import dev.isobar.provider.external.Order;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.SecretBytes;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.external.Wishes;
import dev.isobar.provider.openstack.OpenStackAccess;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What can be wished for, on the real services. */
@ResourceLock(Alone.OPENSTACK)
@OnOpenStack
final class OpenStackWishesTest {
  private static final String PUBLIC_KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFsCU+R3iZJ9p3f4dFhJ3cFr5RoU7c0JTHsM6Nq3GmZt lab";

  private final Machines machines = Lab.machines();
  private final List<String> used = new ArrayList<>();

  @AfterEach
  void end() {
    for (String uid : used) {
      seen(uid)
          .forEach(machine ->
              assertThat(machines.delete(subject(uid), machine.id()))
                  .isEqualTo(new Effect.Accepted()));
      Lab.await("no machine of " + uid + " is left", () -> seen(uid), List::isEmpty);
      Lab.await(
          "nothing of " + uid + " remains",
          () -> machines.release(subject(uid)),
          Response.of(List.of())::equals);
    }
  }

  private String newUid() {
    used.add(UUID.randomUUID().toString());
    return used.getLast();
  }

  private static Subject subject(String uid) {
    return new Subject(uid, "lab", "wish-" + uid, Optional.empty(), Map.of(Subject.UID_TAG, uid));
  }

  private static Order order(String uid, String type, InstanceParameters wanted) {
    return new Order(
        subject(uid),
        CreationToken.of(uid, 1),
        new Offer(type, Optional.empty()),
        wanted,
        Optional.of(bytes("#cloud-config\n")),
        Optional.of(bytes(PUBLIC_KEY)));
  }

  private static SecretBytes bytes(String text) {
    return new SecretBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private String made(String uid, String type, InstanceParameters wanted) {
    Creation creation = machines.create(order(uid, type, wanted));
    assertThat(creation).isInstanceOf(Creation.Created.class);
    return ((Creation.Created) creation).id();
  }

  private List<ObservedMachine> seen(String uid) {
    return answered(machines.observe(subject(uid)));
  }

  private ObservedMachine in(State state, String uid) {
    Lab.await(
        "the machine of " + uid + " is " + state,
        () -> seen(uid),
        all -> all.stream().anyMatch(machine -> machine.state() == state));
    return seen(uid).getFirst();
  }

  private static <T> T answered(Response<T> response) {
    return switch (response) {
      case Response.Answered<T>(var value) -> value;
      case Response.Failed<T>(var failure) -> throw new AssertionError(failure);
    };
  }

  private static InstanceParameters plain(String type) {
    return Wishes.machine(type, Lab.cloud().id("image"));
  }

  private static InstanceParameters wired(
      List<CloudObject> groups,
      boolean locked,
      Map<String, String> tags,
      Map<String, String> more) {
    InstanceParameters plain = plain("m1.tiny");
    var primary =
        new NetworkInterface(
            "primary",
            Optional.empty(),
            Optional.of(named("lab")),
            Optional.empty(),
            groups,
            Optional.of(new PublicAddress(Optional.of(named("outside")))),
            Acceleration.None);
    return new InstanceParameters(
        plain.machineType(),
        Optional.of(
            new ImageChoice(
                Optional.empty(),
                Optional.of(
                    new ImageChoice.Selector(
                        Optional.of("tiny"),
                        Optional.empty(),
                        Map.of("kube", ""),
                        Map.of("os_distro", "none"),
                        ImageChoice.Pick.Only)))),
        plain.rootDisk(),
        plain.disks(),
        List.of(primary),
        plain.fabric(),
        plain.zones(),
        plain.placement(),
        plain.capacity(),
        plain.sshKey(),
        Optional.of(
            new UserDataSource(new SecretEntry("boot", "value"), UserDataSource.Compression.Gzip)),
        new MetadataService(true, true, 2),
        tags,
        locked,
        PowerState.Running,
        new ProviderSpecific(
            new OpenStackCorner(Map.of(), more), new Ec2Corner(Optional.empty(), false)));
  }

  private static CloudObject named(String name) {
    return new CloudObject(Optional.of(name), Optional.empty());
  }

  @Test
  void aMachineWithEverything() {
    String uid = newUid();
    InstanceParameters wanted =
        wired(List.of(named("ssh")), false, Map.of("team", "eo"), Map.of("rack", "7"));
    made(uid, "m1.tiny", wanted);
    ObservedMachine machine = in(State.Running, uid);
    assertThat(machine.facts().addresses())
        .extracting(MachineAddress::type)
        .containsExactly("InternalIP", "ExternalIP");
    assertThat(machine.connection())
        .isEqualTo(Map.of("endpoint", machine.facts().addresses().get(1).address()));
    assertThat(machine.facts().providerID()).contains("openstack://RegionOne/" + machine.id());
    assertThat(answered(machines.compare(subject(uid), wanted, machine))).isEmpty();
  }

  @Test
  void whatCanBeChangedIsChanged() {
    String uid = newUid();
    made(uid, "m1.tiny", wired(List.of(named("ssh")), false, Map.of("team", "eo"), Map.of()));
    InstanceParameters wanted =
        wired(List.of(named("default")), true, Map.of("owner", "ada"), Map.of("rack", "7"));
    ObservedMachine machine = in(State.Running, uid);
    List<Deviation> deviations = answered(machines.compare(subject(uid), wanted, machine));
    assertThat(deviations)
        .extracting(Deviation::field)
        .containsExactlyInAnyOrder(
            "spec.forProvider.tags",
            "spec.forProvider.providerSpecific.openstack.metadata",
            "spec.forProvider.deletionProtection",
            "spec.forProvider.networkInterfaces.securityGroups");
    for (int twice = 0; twice < 2; twice++) {
      assertThat(machines.update(subject(uid), wanted, machine, deviations))
          .isEqualTo(new Effect.Accepted());
    }
    Lab.await(
        "nothing differs any more",
        () -> answered(machines.compare(subject(uid), wanted, seen(uid).getFirst())),
        List::isEmpty);
    // The end of the test deletes it, although it is locked now.
  }

  @Test
  void aPublicAddressThatWasTakenAwayIsReplaced() {
    String uid = newUid();
    InstanceParameters wanted = wired(List.of(), false, Map.of(), Map.of());
    made(uid, "m1.tiny", wanted);
    ObservedMachine machine = in(State.Running, uid);
    assertThat(answered(machines.release(subject(uid))))
        .as("the address goes, the port is in use")
        .hasSize(1);
    Lab.await(
        "the address is gone",
        () -> seen(uid).getFirst().facts().addresses(),
        all -> all.size() == 1);
    List<Deviation> deviations =
        answered(machines.compare(subject(uid), wanted, seen(uid).getFirst()));
    assertThat(deviations)
        .extracting(Deviation::field)
        .containsExactly("spec.forProvider.networkInterfaces.publicAddress");
    assertThat(machines.update(subject(uid), wanted, machine, deviations))
        .isEqualTo(new Effect.Accepted());
    Lab.await(
        "there is another", () -> seen(uid).getFirst().facts().addresses(), all -> all.size() == 2);
  }

  @Test
  void gpusAreFoundShownAndRunOut() {
    var need =
        new Requirements(
            Optional.of(8),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new GpuNeed(Optional.of("H100-80GB"), 8, Optional.of(new Size("80Gi")))));
    assertThat(answered(machines.typesFor(need))).containsExactly("g8.h100");
    String first = newUid();
    made(first, "g8.h100", plain("g8.h100"));
    assertThat(in(State.Running, first).facts().gpus())
        .contains(new GpusInUse("H100-80GB", 8, Optional.of(new Size("80Gi")), Optional.empty()));
    String second = newUid();
    made(second, "g8.h100", plain("g8.h100"));
    ObservedMachine failed = in(State.Error, second);
    assertThat(failed.everRan()).isFalse();
    assertThat(failed.fault().orElseThrow()).isInstanceOf(Failure.InsufficientCapacity.class);
    assertThat(failed.facts().fault().orElseThrow()).contains("No valid host was found");
  }

  @Test
  void aBuildThatFailsSaysWhy() {
    String uid = newUid();
    made(uid, "m1.tiny", wired(List.of(), false, Map.of(), Map.of("testbed-fails", "build")));
    ObservedMachine failed = in(State.Error, uid);
    assertThat(failed.fault().orElseThrow()).isInstanceOf(Failure.ProviderError.class);
    assertThat(failed.facts().fault().orElseThrow()).contains("the test bed was asked to fail");
  }

  @Test
  void whatCannotBeIsRefusedAndLeavesNoMachine() {
    halfway("m1.too-large", plain("m1.too-large"), Failure.QuotaExceeded.class, "Quota exceeded");
    halfway(
        "m1.tiny",
        Wishes.machine("m1.tiny", UUID.randomUUID().toString()),
        Failure.InvalidConfiguration.class,
        "Can not find requested image");
    refused(
        "m1.tiny",
        wired(List.of(named("nobody")), false, Map.of(), Map.of()),
        Failure.InvalidConfiguration.class,
        "the cloud has no security group nobody");
    refused(
        "m1.tiny",
        onVolume(),
        Failure.InvalidConfiguration.class,
        "spec.forProvider.rootDisk needs volumes, and this cloud has no service for them");
  }

  private static InstanceParameters onVolume() {
    InstanceParameters plain = plain("m1.tiny");
    return new InstanceParameters(
        plain.machineType(),
        plain.image(),
        Optional.of(
            new RootDisk(
                new Size("20Gi"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true)),
        plain.disks(),
        plain.networkInterfaces(),
        plain.fabric(),
        plain.zones(),
        plain.placement(),
        plain.capacity(),
        plain.sshKey(),
        plain.userData(),
        plain.metadataService(),
        plain.tags(),
        plain.deletionProtection(),
        plain.powerState(),
        plain.providerSpecific());
  }

  private void refused(
      String type, InstanceParameters wanted, Class<? extends Failure> failure, String words) {
    String uid = newUid();
    assertThat(machines.create(order(uid, type, wanted)))
        .isInstanceOfSatisfying(
            Creation.Refused.class,
            refused -> {
              assertThat(refused.failure()).as(words).isInstanceOf(failure);
              assertThat(refused.failure().words().text()).contains(words);
            });
    assertThat(seen(uid)).isEmpty();
  }

  /** By Nova, when the port is there. */
  private void halfway(
      String type, InstanceParameters wanted, Class<? extends Failure> failure, String words) {
    String uid = newUid();
    assertThat(machines.create(order(uid, type, wanted)))
        .isInstanceOfSatisfying(
            Creation.Halfway.class,
            refused -> {
              assertThat(refused.failure()).as(words).isInstanceOf(failure);
              assertThat(refused.failure().words().text()).contains(words);
            });
    assertThat(seen(uid)).isEmpty();
  }

  @Test
  void aWrongPasswordIsSaidSo() {
    Machines others =
        Lab.machines(
            Lab.cloud().cloudsYaml().replace("password: lab", "password: hunter22"),
            Map.of(),
            new OpenStackAccess(InstantSource.system()));
    assertThat(others.list())
        .isInstanceOfSatisfying(
            Response.Failed.class,
            failed -> {
              Failure failure = failed.failure();
              assertThat(failure).isInstanceOf(Failure.AuthenticationFailed.class);
              assertThat(failure.words().text()).doesNotContain("hunter22");
            });
  }
}
