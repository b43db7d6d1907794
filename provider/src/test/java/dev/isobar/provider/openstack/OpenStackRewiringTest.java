package dev.isobar.provider.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.isobar.apis.compute.CloudObject;
import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.NetworkInterface;
import dev.isobar.apis.compute.NetworkInterface.Acceleration;
import dev.isobar.apis.compute.NetworkInterface.PublicAddress;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Creation;
import dev.isobar.provider.external.CreationToken;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Offer;
import dev.isobar.provider.external.Order;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.external.Wishes;
import dev.isobar.provider.openstack.FakeOpenStack.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Two requests of one creation, accepted in the same moment, and the port that both ask for. */
final class OpenStackRewiringTest {
  private static final String UID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
  private static final String MARK = "isobar-uid=" + UID;
  private static final Subject SUBJECT =
      new Subject(UID, "lab", "one", Optional.empty(), Map.of(Subject.UID_TAG, UID));
  private static final CreationToken TOKEN = CreationToken.of(UID, 1);
  private static final InstanceParameters WANTED = Wishes.machine("m1.tiny", "image-1");
  private static final List<Deviation> LOST =
      List.of(new Deviation("spec.forProvider.networkInterfaces", "[primary]", "[]", true));

  private final FakeOpenStack cloud = new FakeOpenStack();
  private final Machines machines = Opened.machines(cloud);

  @BeforeEach
  void make() {
    assertThat(asked()).isEqualTo(new Creation.Created("server-1"));
    assertThat(seen(machines).id()).isEqualTo("server-1");
    assertThat(compared(machines)).isEmpty();
  }

  @AfterEach
  void end() {
    cloud.close();
  }

  private Creation asked() {
    return machines.create(
        new Order(
            SUBJECT,
            TOKEN,
            new Offer("m1.tiny", Optional.empty()),
            WANTED,
            Optional.empty(),
            Optional.empty()));
  }

  /** The same request, that Nova accepts before the first server has its port. */
  private void askedAtOnce() {
    cloud.nova().race();
    cloud.order("GET .*/servers/detail", Reply.of(200, Map.of("servers", List.of())));
    assertThat(asked()).isEqualTo(new Creation.Created("server-2"));
    assertThat(ports()).containsExactly(tuple("port-1", ""));
  }

  private List<Tuple> ports() {
    return cloud.neutron().all("ports").stream()
        .map(port -> tuple(port.get("id"), port.get("device_id")))
        .toList();
  }

  private static ObservedMachine seen(Machines by) {
    return answered(by.observe(SUBJECT)).stream()
        .filter(machine -> machine.id().equals("server-1"))
        .findFirst()
        .orElseThrow();
  }

  private static List<Deviation> compared(Machines by) {
    return answered(by.compare(SUBJECT, WANTED, seen(by)));
  }

  private Effect mended() {
    return machines.update(SUBJECT, WANTED, seen(machines), LOST);
  }

  private static <T> T answered(Response<T> response) {
    assertThat(response).isInstanceOf(Response.Answered.class);
    return ((Response.Answered<T>) response).value();
  }

  private static Effect busy(String words) {
    return new Effect.Failed(new Failure.Busy(CloudWords.ours(words)));
  }

  @Test
  void theServerThatStaysGetsItsPortBack() {
    askedAtOnce();
    assertThat(compared(machines)).isEqualTo(LOST);
    assertThat(mended())
        .isEqualTo(
            busy(
                "server server-1 has lost its ports to server server-2, which asks for the same;"
                    + " they are attached again once that one is gone"));
    assertThat(machines.delete(SUBJECT, "server-2")).isEqualTo(new Effect.Accepted());
    assertThat(compared(machines)).as("Nova shows what it remembers").isEqualTo(LOST);
    assertThat(mended())
        .isEqualTo(
            busy(
                "Nova counts on port port-1, which server server-1 has lost; it is taken off, and"
                    + " then attached"));
    assertThat(compared(machines)).isEqualTo(LOST);
    assertThat(mended()).isEqualTo(new Effect.Accepted());
    assertThat(compared(machines)).isEmpty();
    assertThat(machines.tidy(SUBJECT)).isEqualTo(new Effect.Accepted());
    assertThat(ports()).containsExactly(tuple("port-1", "server-1"));
    assertThat(mended()).as("once more, of an old look").isEqualTo(new Effect.Accepted());
    assertThat(ports()).containsExactly(tuple("port-1", "server-1"));
  }

  /** One that was started since knows of no second server, and has Nova's word alone. */
  @Test
  void aLostPortIsNotTidiedAway() {
    askedAtOnce();
    assertThat(machines.delete(SUBJECT, "server-2")).isEqualTo(new Effect.Accepted());
    Machines after = Opened.machines(cloud);
    assertThat(compared(after)).isEmpty();
    assertThat(after.tidy(SUBJECT))
        .isEqualTo(busy("server server-1 has lost port port-1, which is attached to it first"));
    assertThat(ports()).containsExactly(tuple("port-1", ""));
    assertThat(compared(after)).as("it is looked for from now on").isEqualTo(LOST);
  }

  @Test
  void aSecondPortOfTheSameNameIsTidiedAway() {
    cloud
        .neutron()
        .put(
            "ports",
            "late-port",
            Map.of("name", "isobar-primary-" + TOKEN.text(), "description", MARK));
    assertThat(machines.tidy(SUBJECT)).isEqualTo(new Effect.Accepted());
    assertThat(ports()).containsExactly(tuple("port-1", "server-1"));
  }

  /** Nova has come to know that the port is lost, and its hypervisor has not. */
  @Test
  void whatTheHypervisorStillHasIsAttachedWhileTheServerIsOff() {
    askedAtOnce();
    assertThat(machines.delete(SUBJECT, "server-2")).isEqualTo(new Effect.Accepted());
    cloud.nova().heal();
    assertThat(mended())
        .isEqualTo(
            new Effect.Failed(
                new Failure.ProviderError(
                    CloudWords.ours(
                        "Nova cannot attach port port-1 to server server-1 while that runs; stop it"
                            + " (openstack server stop), and the port is attached and the server"
                            + " started: Failed to attach network adapter device to server-1"))));
    cloud.nova().change("server-1", "status", "SHUTOFF");
    assertThat(mended()).isEqualTo(new Effect.Accepted());
    assertThat(ports()).containsExactly(tuple("port-1", "server-1"));
  }

  static Stream<Arguments> refusals() {
    CloudWords policy = CloudWords.ours("Policy doesn't allow os_compute_api:os-attach-interfaces");
    CloudWords state = CloudWords.ours("Cannot 'attach_interface' while task_state is rebuilding");
    CloudWords host = CloudWords.ours("Attaching interfaces is not supported for server-1");
    return Stream.of(
        Arguments.of(403, policy, new Failure.AuthenticationFailed(policy), "a role lacks a right"),
        Arguments.of(409, state, new Failure.Busy(state), "somebody rebuilds the server"),
        Arguments.of(400, host, new Failure.InvalidConfiguration(host), "its host cannot"));
  }

  @ParameterizedTest(name = "{3}")
  @MethodSource("refusals")
  void whyItCannotBeAttachedIsTold(int status, CloudWords words, Failure failure, String why) {
    askedAtOnce();
    assertThat(machines.delete(SUBJECT, "server-2")).isEqualTo(new Effect.Accepted());
    cloud.nova().heal();
    cloud.order(
        "POST .*/os-interface",
        Reply.of(status, Map.of("fault", Map.of("code", status, "message", words.text()))));
    assertThat(mended()).as(why).isEqualTo(new Effect.Failed(failure));
    assertThat(ports()).as(why).containsExactly(tuple("port-1", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "'', false, false, somebody made it by hand",
    "another, false, false, nobody knows how the other Instance called its interfaces",
    "another, true, true, it was marked anew with the server",
    "own, false, true, its port is made anew"
  })
  void whatASecondInstanceOrNobodyMadeIsLeftAlone(
      String creation, boolean port, boolean lost, String why) {
    CreationToken token = creation.equals("own") ? TOKEN : CreationToken.of(creation, 1);
    Map<String, String> metadata = new TreeMap<>(SUBJECT.marks());
    if (!creation.isEmpty()) {
      metadata.put(Subject.TOKEN_TAG, token.text());
    }
    cloud.nova().change("server-1", "metadata", metadata);
    cloud.nova().change("server-1", "port", "");
    cloud.nova().heal();
    cloud.neutron().lose("ports", "port-1");
    if (port) {
      cloud
          .neutron()
          .put(
              "ports",
              "port-9",
              Map.of("name", "isobar-primary-" + token.text(), "description", MARK));
    }
    assertThat(compared(machines)).as(why).isEqualTo(lost ? LOST : List.of());
    assertThat(mended()).as(why).isEqualTo(new Effect.Accepted());
    assertThat(cloud.neutron().all("ports"))
        .as(why)
        .extracting(one -> one.get("name"), one -> one.get("device_id"))
        .isEqualTo(lost ? List.of(tuple("isobar-primary-" + token.text(), "server-1")) : List.of());
  }

  /** Nova attaches nothing to a server that is locked. */
  @Test
  void aPortIsMadeAnewWithAllItHad() {
    InstanceParameters wanted = reachable();
    cloud.nova().change("server-1", "locked", true);
    cloud.nova().change("server-1", "port", "");
    cloud.nova().heal();
    cloud.neutron().lose("ports", "port-1");
    List<Deviation> found = answered(machines.compare(SUBJECT, wanted, seen(machines)));
    assertThat(found).isEqualTo(LOST);
    int before = cloud.requests().size();
    assertThat(machines.update(SUBJECT, wanted, seen(machines), found))
        .isEqualTo(new Effect.Accepted());
    assertThat(cloud.actions(before)).isEqualTo("unlock lock");
    Map<String, Object> port = cloud.neutron().all("ports").getFirst();
    assertThat(port)
        .containsEntry("name", "isobar-primary-" + TOKEN.text())
        .containsEntry("description", MARK)
        .containsEntry("device_id", "server-1")
        .containsEntry("security_groups", List.of("group-1"));
    assertThat(cloud.nova().server("server-1").get("metadata"))
        .as("the primary address is told by its port's card")
        .isEqualTo(
            Map.of(
                "isobar-primary",
                port.get("mac_address"),
                "isobar-token",
                TOKEN.text(),
                "isobar-uid",
                UID));
    assertThat(answered(machines.compare(SUBJECT, wanted, seen(machines))))
        .as("what is of the interface is compared once that is there")
        .containsExactly(
            new Deviation("spec.forProvider.networkInterfaces.publicAddress", "1", "0", true));
  }

  /** The same machine, protected, with a group and a public address. */
  private static InstanceParameters reachable() {
    var group = new CloudObject(Optional.of("default"), Optional.empty());
    InstanceParameters at =
        Wishes.at(
            WANTED,
            new NetworkInterface(
                "primary",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(group),
                Optional.of(new PublicAddress(Optional.empty())),
                Acceleration.None));
    return new InstanceParameters(
        at.machineType(),
        at.image(),
        at.rootDisk(),
        at.disks(),
        at.networkInterfaces(),
        at.fabric(),
        at.zones(),
        at.placement(),
        at.capacity(),
        at.sshKey(),
        at.userData(),
        at.metadataService(),
        at.tags(),
        true,
        at.powerState(),
        at.providerSpecific());
  }
}
