package dev.isobar.provider.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.isobar.apis.compute.NetworkInterface;
import dev.isobar.apis.compute.NetworkInterface.Acceleration;
import dev.isobar.apis.compute.NetworkInterface.PublicAddress;
import dev.isobar.provider.external.Belonging;
import dev.isobar.provider.external.Creation;
import dev.isobar.provider.external.CreationToken;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.Offer;
import dev.isobar.provider.external.Order;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.external.Wishes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ports and addresses that came after others had taken their place. */
final class OpenStackTidyingTest {
  private static final String UID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
  private static final String MARK = "isobar-uid=" + UID;
  private static final Subject SUBJECT =
      new Subject(UID, "lab", "one", Optional.empty(), Map.of(Subject.UID_TAG, UID));

  private final FakeOpenStack cloud = new FakeOpenStack();
  private final Machines machines = Opened.machines(cloud);

  @AfterEach
  void end() {
    cloud.close();
  }

  private List<Object> ids(String kind) {
    return cloud.neutron().all(kind).stream().map(one -> one.get("id")).toList();
  }

  private static Order order(long creation) {
    var primary =
        new NetworkInterface(
            "primary",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.of(new PublicAddress(Optional.empty())),
            Acceleration.None);
    return new Order(
        SUBJECT,
        CreationToken.of(UID, creation),
        new Offer("m1.tiny", Optional.empty()),
        Wishes.at(Wishes.machine("m1.tiny", "image-1"), primary),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void whatNothingUsesGoesAndAllElseStays() {
    assertThat(machines.create(order(1))).isInstanceOf(Creation.Created.class);
    List<Object> ports = ids("ports");
    List<Object> addresses = ids("floatingips");
    assertThat(ports).hasSize(1);
    assertThat(addresses).hasSize(1);

    FakeNeutron neutron = cloud.neutron();
    neutron.put("ports", "late-port", Map.of("name", "isobar-primary-x", "description", MARK));
    neutron.put("ports", "strange-port", Map.of("name", "theirs", "description", "isobar-uid=x"));
    neutron.put("floatingips", "late-idle", Map.of("description", MARK));
    neutron.put("floatingips", "late-led", Map.of("description", MARK, "port_id", "late-port"));
    neutron.put("floatingips", "shared", Map.of("description", MARK, "port_id", "strange-port"));
    neutron.put("floatingips", "strange", Map.of("description", "somebody's"));

    for (int twice = 0; twice < 2; twice++) {
      assertThat(machines.tidy(SUBJECT)).isEqualTo(new Effect.Accepted());
      assertThat(ids("ports")).containsExactly(ports.getFirst(), "strange-port");
      assertThat(ids("floatingips"))
          .as("one that somebody leads elsewhere is in use")
          .containsExactly(addresses.getFirst(), "shared", "strange");
    }
  }

  /** A Neutron that does not know a filter says nothing of it, and shows those of the project. */
  @Test
  void whatOthersHaveStaysThoughNeutronIgnoresTheFilter() {
    FakeNeutron neutron = cloud.neutron();
    neutron.forgetFilter("description");
    neutron.forgetFilter("device_id");
    neutron.put("ports", "their-port", Map.of("name", "theirs", "description", ""));
    neutron.put(
        "floatingips",
        "their-address",
        Map.of("description", "for the exhibition", "floating_network_id", "network-2"));
    List<Map<String, Object>> ports = neutron.all("ports");
    List<Map<String, Object>> addresses = neutron.all("floatingips");

    assertThat(machines.create(order(1))).isInstanceOf(Creation.Created.class);
    assertThat(neutron.all("floatingips"))
        .as("an idle address of somebody else is not taken")
        .containsAll(addresses)
        .hasSize(2);
    assertThat(machines.tidy(SUBJECT)).isEqualTo(new Effect.Accepted());
    assertThat(machines.delete(SUBJECT, "server-1")).isEqualTo(new Effect.Accepted());
    assertThat(machines.release(SUBJECT)).isEqualTo(Response.of(List.of()));
    assertThat(neutron.all("ports")).isEqualTo(ports);
    assertThat(neutron.all("floatingips")).isEqualTo(addresses);
  }

  /** Where servers can be reclaimed for days, their ports would cost as long. */
  @Test
  void portsGoOnceTheirServerIsOnlyReclaimable() {
    Creation made =
        machines.create(
            new Order(
                SUBJECT,
                CreationToken.of(UID, 1),
                new Offer("m1.tiny", Optional.empty()),
                Wishes.machine("m1.tiny", "image-1"),
                Optional.empty(),
                Optional.empty()));
    String id = ((Creation.Created) made).id();
    assertThat(machines.release(SUBJECT))
        .isEqualTo(
            Response.of(
                List.of("port %s (held by server %s)".formatted(ids("ports").getFirst(), id))));
    cloud.nova().change(id, "status", "SOFT_DELETED");
    assertThat(machines.release(SUBJECT)).isEqualTo(Response.of(List.of()));
    assertThat(ids("ports")).isEmpty();
  }

  /** Or a fixed address would be in use, and a second public one be taken, for as long. */
  @Test
  void theyGoBeforeTheNextMachineToo() {
    assertThat(machines.create(order(1))).isEqualTo(new Creation.Created("server-1"));
    cloud.nova().change("server-1", "status", "SOFT_DELETED");
    List<Object> addresses = ids("floatingips");
    assertThat(machines.create(order(2))).isEqualTo(new Creation.Created("server-2"));
    assertThat(cloud.neutron().all("ports"))
        .extracting(port -> port.get("name"))
        .containsExactly("isobar-primary-" + CreationToken.of(UID, 2).text());
    assertThat(cloud.neutron().all("floatingips"))
        .extracting(one -> one.get("id"), one -> one.get("port_id"))
        .containsExactly(tuple(addresses.getFirst(), ids("ports").getFirst()));
  }

  @Test
  void keyPairsAreSeenToTheLastPage() {
    cloud.nova().page(2);
    List<String> names = List.of("isobar-a", "isobar-b", "isobar-c", "isobar-d", "theirs");
    names.forEach(name -> cloud.nova().keys().put(name, "ssh-ed25519 AAAA"));
    assertThat(machines.belongings())
        .isEqualTo(
            Response.of(
                Stream.of("a", "b", "c", "d")
                    .map(uid ->
                        new Belonging(
                            "key pair", "isobar-" + uid, uid, Optional.empty(), Optional.empty()))
                    .toList()));
  }

  @Test
  void aProjectIsAnAccountWhateverItIsCalledInTheFile() {
    assertThat(machines.account()).isEqualTo(Response.of("OpenStack/RegionOne/project-1"));
    int before = cloud.requests().size();
    assertThat(machines.account()).isEqualTo(Response.of("OpenStack/RegionOne/project-1"));
    assertThat(cloud.requests()).as("the token tells it").hasSize(before);
  }
}
