package dev.isobar.provider.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.isobar.apis.compute.CloudObject;
import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.InstanceParameters.PowerState;
import dev.isobar.apis.compute.NetworkInterface;
import dev.isobar.apis.compute.NetworkInterface.Acceleration;
import dev.isobar.apis.compute.NetworkInterface.PublicAddress;
import dev.isobar.provider.external.Creation;
import dev.isobar.provider.external.CreationToken;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Offer;
import dev.isobar.provider.external.Order;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.external.Wishes;
import dev.isobar.provider.openstack.FakeOpenStack.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What differs is found without a request, and mended with few. */
final class OpenStackMendingTest {
  private static final String UID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
  private static final Subject SUBJECT =
      new Subject(UID, "lab", "one", Optional.empty(), Map.of(Subject.UID_TAG, UID));

  private final FakeOpenStack cloud = new FakeOpenStack();
  private final Machines machines = Opened.machines(cloud);

  @BeforeEach
  void make() {
    Creation creation =
        machines.create(
            new Order(
                SUBJECT,
                CreationToken.of(UID, 1),
                new Offer("m1.tiny", Optional.empty()),
                wanted(List.of("default"), PowerState.Running, false, Acceleration.SRIOV),
                Optional.empty(),
                Optional.empty()));
    assertThat(creation).isEqualTo(new Creation.Created("server-1"));
    assertThat(seen().id()).isEqualTo("server-1");
  }

  @AfterEach
  void end() {
    cloud.close();
  }

  private static InstanceParameters wanted(
      List<String> groups, PowerState power, boolean locked, Acceleration acceleration) {
    InstanceParameters plain = Wishes.machine("m1.tiny", "image-1");
    var primary =
        new NetworkInterface(
            "primary",
            Optional.empty(),
            Optional.of(named("lab")),
            Optional.of("10.0.0.5"),
            groups.stream().map(OpenStackMendingTest::named).toList(),
            Optional.of(new PublicAddress(Optional.empty())),
            acceleration);
    return new InstanceParameters(
        plain.machineType(),
        plain.image(),
        plain.rootDisk(),
        plain.disks(),
        List.of(primary),
        plain.fabric(),
        plain.zones(),
        plain.placement(),
        plain.capacity(),
        plain.sshKey(),
        plain.userData(),
        plain.metadataService(),
        plain.tags(),
        locked,
        power,
        plain.providerSpecific());
  }

  private static CloudObject named(String name) {
    return new CloudObject(Optional.of(name), Optional.empty());
  }

  private static InstanceParameters wanted() {
    return wanted(List.of("default"), PowerState.Running, false, Acceleration.SRIOV);
  }

  private ObservedMachine seen() {
    return answered(machines.observe(SUBJECT)).getFirst();
  }

  private List<Deviation> deviations(InstanceParameters wanted) {
    return answered(machines.compare(SUBJECT, wanted, seen()));
  }

  private static <T> T answered(Response<T> response) {
    assertThat(response).isInstanceOf(Response.Answered.class);
    return ((Response.Answered<T>) response).value();
  }

  private void mend(InstanceParameters wanted) {
    assertThat(machines.update(SUBJECT, wanted, seen(), deviations(wanted)))
        .isEqualTo(new Effect.Accepted());
  }

  private void publish() {
    cloud
        .nova()
        .change(
            "server-1",
            "addresses",
            Map.of(
                "lab",
                List.of(
                    Map.of("addr", "10.0.0.5", "OS-EXT-IPS:type", "fixed"),
                    Map.of("addr", "203.0.113.9", "OS-EXT-IPS:type", "floating"))));
  }

  @Test
  void aPortIsMadeAsItIsWished() {
    assertThat(cloud.neutron().all("ports").getFirst())
        .containsEntry("network_id", "network-1")
        .containsEntry("binding:vnic_type", "direct")
        .containsEntry("security_groups", List.of("group-1"))
        .containsEntry(
            "fixed_ips", List.of(Map.of("subnet_id", "subnet-1", "ip_address", "10.0.0.5")));
    assertThat(cloud.neutron().all("floatingips").getFirst())
        .containsEntry("floating_network_id", "network-2")
        .containsEntry("port_id", "port-1")
        .containsEntry("description", "isobar-uid=" + UID);
  }

  @Test
  void anAddressThatMayStillComeIsTold() {
    var late =
        new Order(
            SUBJECT,
            CreationToken.of(UID, 2),
            new Offer("m1.tiny", Optional.empty()),
            wanted(),
            Optional.empty(),
            Optional.empty());
    cloud.order("POST .*/floatingips", Reply.of(504, Map.of()));
    assertThat(machines.create(late)).as("before a machine").isInstanceOf(Creation.Abandoned.class);
    cloud.order("GET .*/floatingips", Reply.of(200, Map.of("floatingips", List.of())));
    cloud.order("POST .*/floatingips", Reply.of(504, Map.of()));
    cloud.neutron().put("ports", "port-1", port());
    ObservedMachine machine = seen();
    List<Deviation> missing =
        List.of(
            new Deviation("spec.forProvider.networkInterfaces.publicAddress", "one", "none", true));
    assertThat(machines.update(SUBJECT, wanted(), machine, missing))
        .as("in place of one that was taken away")
        .isInstanceOfSatisfying(Effect.Failed.class, failed -> assertThat(failed.late()).isTrue());
    cloud.order("POST .*/action", Reply.of(504, Map.of()));
    cloud.nova().change("server-1", "status", "SHUTOFF");
    List<Deviation> off =
        List.of(new Deviation("spec.forProvider.powerState", "Running", "SHUTOFF", true));
    assertThat(machines.update(SUBJECT, wanted(), machine, off))
        .as("what is done to a server leaves nothing behind")
        .isInstanceOfSatisfying(Effect.Failed.class, failed -> assertThat(failed.late()).isFalse());
    cloud.nova().change("server-1", "metadata", Map.of());
    cloud.order("POST .*/metadata", Reply.of(504, Map.of()));
    List<Deviation> unlabelled =
        List.of(new Deviation("spec.forProvider.tags", "{isobar-uid=" + UID + "}", "{}", true));
    assertThat(machines.update(SUBJECT, wanted(), machine, unlabelled))
        .as("nor does what is written on it")
        .isInstanceOfSatisfying(Effect.Failed.class, failed -> assertThat(failed.late()).isFalse());
  }

  private static Map<String, Object> port() {
    return port("primary", List.of("group-1"));
  }

  private static Map<String, Object> port(String of, List<String> groups) {
    String name = ServerMarks.port(of, CreationToken.of(UID, 1));
    return Map.of("name", name, "device_id", "server-1", "security_groups", groups);
  }

  @Test
  void comparingManyTimesTakesNoRequest() {
    publish();
    assertThat(deviations(wanted())).isEmpty();
    ObservedMachine machine = seen();
    int before = cloud.requests().size();
    for (int many = 0; many < 10; many++) {
      assertThat(answered(machines.compare(SUBJECT, wanted(), machine))).isEmpty();
    }
    assertThat(cloud.requests()).hasSize(before);
  }

  @ParameterizedTest
  @CsvSource({
    "SHUTOFF, os-start, it is off",
    "PAUSED, unpause, somebody paused it",
    "SUSPENDED, resume, somebody suspended it",
    "SHELVED_OFFLOADED, unshelve, somebody shelved it"
  })
  void whatIsOffIsStarted(String status, String action, String why) {
    publish();
    cloud.nova().change("server-1", "status", status);
    assertThat(deviations(wanted()))
        .as(why)
        .containsExactly(new Deviation("spec.forProvider.powerState", "Running", status, true));
    mend(wanted());
    assertThat(cloud.last().body().fields()).as(why).containsExactly(action);
    assertThat(deviations(wanted())).as(why).isEmpty();
  }

  @Test
  void whatIsUnderWayIsNoDeviation() {
    publish();
    cloud.nova().change("server-1", "status", "SHUTOFF");
    cloud.nova().change("server-1", "OS-EXT-STS:task_state", "powering-on");
    assertThat(deviations(wanted())).isEmpty();
  }

  @Test
  void aLockIsLiftedForAChangeAndPutOnAgain() {
    publish();
    cloud.nova().change("server-1", "locked", true);
    InstanceParameters stopped =
        wanted(List.of("default"), PowerState.Stopped, true, Acceleration.SRIOV);
    mend(stopped);
    assertThat(cloud.nova().server("server-1"))
        .containsEntry("status", "SHUTOFF")
        .containsEntry("locked", true);
    assertThat(deviations(stopped)).isEmpty();
    mend(wanted(List.of("default"), PowerState.Stopped, false, Acceleration.SRIOV));
    assertThat(cloud.nova().server("server-1")).containsEntry("locked", false);
  }

  /** A change that fails at every try would leave the server without protection for ever. */
  @ParameterizedTest
  @CsvSource({
    "ACTIVE, true, '', nothing of it is Nova's",
    "SHUTOFF, true, unlock lock, it is off as well",
    "ACTIVE, false, lock, somebody took its protection away"
  })
  void aLockIsThereWhateverFails(String status, boolean locked, String actions, String why) {
    cloud.nova().change("server-1", "status", status);
    cloud.nova().change("server-1", "locked", locked);
    cloud.neutron().put("ports", "port-1", port());
    cloud.neutron().all("floatingips").forEach(one -> one.put("description", "theirs"));
    InstanceParameters wanted =
        wanted(List.of("default"), PowerState.Running, true, Acceleration.SRIOV);
    List<Deviation> deviations = deviations(wanted);
    cloud.order(
        "POST .*/floatingips",
        Reply.of(409, Map.of("NeutronError", Map.of("type", "OverQuota", "message", "no more"))));
    int before = cloud.requests().size();
    assertThat(machines.update(SUBJECT, wanted, seen(), deviations))
        .as(why)
        .isInstanceOf(Effect.Failed.class);
    assertThat(cloud.actions(before)).as(why).isEqualTo(actions);
    assertThat(cloud.nova().server("server-1")).as(why).containsEntry("locked", true);
  }

  @Test
  void securityGroupsFollowTheSpec() {
    publish();
    InstanceParameters wanted =
        wanted(List.of("default", "ssh"), PowerState.Running, false, Acceleration.SRIOV);
    cloud.neutron().put("ports", "port-1", port());
    assertThat(deviations(wanted))
        .containsExactly(
            new Deviation(
                "spec.forProvider.networkInterfaces.securityGroups",
                "[default, ssh]",
                "[default]",
                true));
    mend(wanted);
    assertThat(cloud.neutron().all("ports").getFirst())
        .containsEntry("security_groups", List.of("group-1", "group-2"));
  }

  private static NetworkInterface fast() {
    return new NetworkInterface(
        "fast",
        Optional.empty(),
        Optional.of(named("lab")),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Acceleration.SRIOV);
  }

  @ParameterizedTest
  @CsvSource({
    "ssh, '', its network has no port security, so it has no group",
    "ssh, default, the cloud gave it its default group"
  })
  void anInterfaceOfWhichNothingIsSaidIsLeftToOthers(String first, String second, String why) {
    publish();
    List<Map<String, String>> groups = new ArrayList<>(List.of(Map.of("name", first)));
    if (!second.isEmpty()) {
      groups.add(Map.of("name", second));
    }
    cloud.nova().change("server-1", "security_groups", groups);
    cloud.neutron().put("ports", "port-fast", port("fast", List.of()));
    InstanceParameters wanted =
        wanted(List.of("ssh"), PowerState.Running, false, Acceleration.SRIOV);
    NetworkInterface primary = wanted.networkInterfaces().getFirst();
    assertThat(deviations(Wishes.at(wanted, primary, fast()))).as(why).isEmpty();
  }

  /** Else it would be asked for at every poll, for ever, and nothing would come of it. */
  @Test
  void whatSomebodyElseMadeIsShownAndNotMended() {
    cloud
        .neutron()
        .put(
            "ports",
            "port-1",
            Map.of(
                "name", "by-hand", "device_id", "server-1", "security_groups", List.of("group-1")));
    InstanceParameters wanted =
        wanted(List.of("ssh"), PowerState.Running, false, Acceleration.SRIOV);
    assertThat(deviations(wanted))
        .containsExactly(
            new Deviation(
                "spec.forProvider.networkInterfaces.securityGroups", "[ssh]", "[default]", false),
            new Deviation("spec.forProvider.networkInterfaces.publicAddress", "1", "0", false));
  }

  @Test
  void aPublicAddressThatWasTakenAwayIsMended() {
    cloud.neutron().put("ports", "port-1", port());
    assertThat(deviations(wanted()))
        .containsExactly(
            new Deviation("spec.forProvider.networkInterfaces.publicAddress", "1", "0", true));
  }

  /** Its Instance is gone, or nobody would come here; with it everything would stay for ever. */
  @Test
  void aMachineThatIsTakenBackIsMarkedAnewWithAllThatWasMadeForIt() {
    publish();
    String former = "isobar-uid=former";
    cloud.nova().change("server-1", "tags", List.of("isobar", former, "theirs"));
    for (String kind : List.of("ports", "floatingips")) {
      for (Map<String, Object> one : cloud.neutron().all(kind)) {
        Map<String, Object> theirs = new TreeMap<>(one);
        theirs.put("description", former);
        if (kind.equals("ports")) {
          theirs.put("device_id", "server-1");
        }
        cloud.neutron().put(kind, one.get("id").toString(), theirs);
      }
    }
    var subject = new Subject(UID, "lab", "one", Optional.of("server-1"), SUBJECT.marks());
    ObservedMachine machine = answered(machines.observe(subject)).getFirst();
    List<Deviation> deviations = answered(machines.compare(subject, wanted(), machine));
    assertThat(deviations)
        .extracting(Deviation::field, Deviation::correctable)
        .containsExactly(tuple("spec.forProvider.tags", true));
    cloud.order("PUT .*/tags/.*", Reply.of(504, Map.of()));
    assertThat(machines.update(subject, wanted(), machine, deviations))
        .isInstanceOf(Effect.Failed.class);
    assertThat(cloud.nova().server("server-1"))
        .as("it is never without a mark")
        .containsEntry("tags", List.of("isobar", former, "theirs"));
    assertThat(machines.update(subject, wanted(), machine, deviations))
        .isEqualTo(new Effect.Accepted());
    assertThat(cloud.nova().server("server-1"))
        .containsEntry("tags", List.of("isobar", "theirs", "isobar-uid=" + UID));
    ObservedMachine after = answered(machines.observe(subject)).getFirst();
    assertThat(after.carries(UID)).isTrue();
    assertThat(answered(machines.compare(subject, wanted(), after))).isEmpty();
    assertThat(cloud.neutron().all("ports"))
        .allSatisfy(port -> assertThat(port).containsEntry("description", "isobar-uid=" + UID));
    assertThat(cloud.neutron().all("floatingips"))
        .singleElement()
        .satisfies(one -> assertThat(one).containsEntry("description", "isobar-uid=" + UID));
  }
}
