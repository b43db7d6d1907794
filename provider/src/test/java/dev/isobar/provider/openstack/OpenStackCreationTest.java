package dev.isobar.provider.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.InstanceParameters.PowerState;
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
import dev.isobar.provider.external.SecretBytes;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.external.Wishes;
import dev.isobar.provider.openstack.FakeOpenStack.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked of the services for a machine, and what their answers mean for it. */
final class OpenStackCreationTest {
  private static final String UID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
  private static final Subject SUBJECT =
      new Subject(UID, "lab", "one", Optional.empty(), Map.of(Subject.UID_TAG, UID));

  private final FakeOpenStack cloud = new FakeOpenStack();
  private final Machines machines = Opened.machines(cloud);

  @AfterEach
  void end() {
    cloud.close();
  }

  private static Order order(long creation, String userData) {
    InstanceParameters wanted =
        Wishes.machine(
            List.of("m1.tiny"), "image-1", List.of(), Map.of("team", "eo"), PowerState.Running);
    return new Order(
        SUBJECT,
        CreationToken.of(UID, creation),
        new Offer("m1.tiny", Optional.of("az1")),
        wanted,
        Optional.of(new SecretBytes(userData.getBytes(StandardCharsets.UTF_8))),
        Optional.of(new SecretBytes("ssh-ed25519 AAAA ada\n".getBytes(StandardCharsets.UTF_8))));
  }

  private static Order order(long creation) {
    return order(creation, "user data");
  }

  @Test
  void oneRequestMakesTheServerWithItsMarks() {
    assertThat(machines.create(order(1))).isEqualTo(new Creation.Created("server-1"));
    String token = CreationToken.of(UID, 1).text();
    assertThat(cloud.last().headers())
        .as("Nova takes a chunked body for an empty one")
        .containsKey("Content-Length")
        .doesNotContainKey("Transfer-Encoding");
    assertThat(cloud.last().body().plain())
        .isEqualTo(
            Map.of(
                "server",
                Map.ofEntries(
                    Map.entry("name", "one"),
                    Map.entry("flavorRef", "flavor-1"),
                    Map.entry("imageRef", "image-1"),
                    Map.entry("networks", List.of(Map.of("port", "port-1"))),
                    Map.entry("availability_zone", "az1"),
                    Map.entry("key_name", "isobar-" + UID),
                    Map.entry("user_data", "dXNlciBkYXRh"),
                    Map.entry("tags", List.of("isobar", "isobar-uid=" + UID)),
                    Map.entry(
                        "metadata",
                        Map.of(
                            "isobar-keys", "team",
                            "isobar-primary", "fa:16:3e:00:00:01",
                            "isobar-token", token,
                            "isobar-uid", UID,
                            "team", "eo")))));
    assertThat(cloud.neutron().all("ports").getFirst())
        .containsEntry("name", "isobar-primary-" + token)
        .containsEntry("description", "isobar-uid=" + UID)
        .containsEntry("network_id", "network-1")
        .containsEntry("tags", List.of("team=eo"));
  }

  @Test
  void aServerThatWasMadeUnnoticedIsFoundByItsToken() {
    cloud.order("POST .*/servers", Reply.of(504, Map.of()));
    assertThat(machines.create(order(1))).isInstanceOf(Creation.Unknown.class);
    assertThat(machines.create(order(1))).isEqualTo(new Creation.Created("server-1"));
    assertThat(machines.create(order(1))).isEqualTo(new Creation.Created("server-1"));
    assertThat(cloud.nova().ids()).hasSize(1);
    assertThat(cloud.neutron().all("ports")).hasSize(1);
  }

  @Test
  void aPortInUseTellsOfAnEarlierRequest() {
    assertThat(machines.create(order(1))).isEqualTo(new Creation.Created("server-1"));
    // Nova does not show the server yet to who searches for it.
    cloud.order("GET .*/servers/detail", Reply.of(200, Map.of("servers", List.of())));
    assertThat(machines.create(order(1)))
        .as("refused by Nova, then found")
        .isEqualTo(new Creation.Created("server-1"));
    for (int twice = 0; twice < 2; twice++) {
      cloud.order("GET .*/servers/detail", Reply.of(200, Map.of("servers", List.of())));
    }
    assertThat(machines.create(order(1)))
        .as("refused by Nova, and not found yet")
        .isInstanceOf(Creation.Unknown.class);
    assertThat(cloud.nova().ids()).hasSize(1);
  }

  @Test
  void portsOfACreationThatFailedGoBeforeTheNext() {
    cloud.order(
        "POST .*/servers",
        Reply.of(403, Map.of("forbidden", Map.of("message", "Quota exceeded for cores"))));
    assertThat(machines.create(order(1)))
        .isInstanceOfSatisfying(
            Creation.Halfway.class,
            refused -> assertThat(refused.failure()).isInstanceOf(Failure.QuotaExceeded.class));
    assertThat(machines.create(order(2))).isEqualTo(new Creation.Created("server-1"));
    assertThat(cloud.neutron().all("ports"))
        .extracting(port -> port.get("name"))
        .containsExactly("isobar-primary-" + CreationToken.of(UID, 2).text());
  }

  @ParameterizedTest(name = "{0} is answered with {1}")
  @CsvSource({
    "GET .*/flavors/detail, 504, Refused, a question makes nothing",
    "POST .*/os-keypairs, 400, Halfway, the port is there and known",
    "POST .*/ports, 409, Refused, nothing is there yet",
    "POST .*/ports, 504, Abandoned, Neutron may have made it or may yet",
    "POST .*/ports, 500, Abandoned, Neutron may have fallen after it",
    "PUT .*/ports/.*/tags, 504, Halfway, the port is there and known",
    "POST .*/os-keypairs, 504, Abandoned, a key pair is found by nobody either"
  })
  void whatFailsBeforeTheServerIsAskedForMakesNone(
      String request, int status, String outcome, String why) {
    cloud.order(request, Reply.of(status, Map.of()));
    assertThat(machines.create(order(1)).getClass().getSimpleName()).as(why).isEqualTo(outcome);
    assertThat(cloud.requests()).noneMatch(line -> line.equals("POST /compute/v2.1/servers"));
  }

  @Test
  void aFlavorThatIsNotThereHoldsUpNoOther() {
    Order plain = order(1);
    Order old =
        new Order(
            plain.subject(),
            plain.token(),
            new Offer("m1.gone", Optional.empty()),
            plain.wanted(),
            plain.userData(),
            plain.publicKey());
    assertThat(machines.create(old))
        .isEqualTo(
            new Creation.Refused(
                new Failure.InvalidConfiguration(
                    CloudWords.ours("the cloud has no machine type m1.gone for this project"),
                    true)));
  }

  @Test
  void aPortThatComesLateIsReleased() {
    cloud.order("POST .*/ports", Reply.of(504, Map.of()));
    assertThat(machines.create(order(1))).isInstanceOf(Creation.Abandoned.class);
    assertThat(machines.release(SUBJECT)).isEqualTo(Response.of(List.of()));
    cloud
        .neutron()
        .put(
            "ports",
            "port-9",
            Map.of(
                "name",
                "isobar-primary-" + CreationToken.of(UID, 1).text(),
                "description",
                "isobar-uid=" + UID));
    assertThat(machines.release(SUBJECT)).isEqualTo(Response.of(List.of()));
    assertThat(cloud.neutron().all("ports")).isEmpty();
  }

  @Test
  void userDataNeverShows() {
    cloud.order(
        "POST .*/servers",
        Reply.of(
            400,
            Map.of(
                "badRequest",
                Map.of(
                    "message",
                    "Invalid input for field/attribute user_data. Value: dXNlciBkYXRh."
                        + " 'dXNlciBkYXRh' is wrong"))));
    assertThat(machines.create(order(1)).toString()).doesNotContain("dXNlciBkYXRh");
  }

  @Test
  void userDataOverTheLimitIsRefusedBeforeAnythingIsMade() {
    assertThat(machines.create(order(1, "x".repeat(50_000))))
        .isInstanceOfSatisfying(
            Creation.Refused.class,
            refused ->
                assertThat(refused.failure().words().text())
                    .isEqualTo(
                        "spec.forProvider.userData: 50000 bytes are over Nova's limit of 48 KiB;"
                            + " set compression: Gzip, or let the machine fetch the rest itself"));
    assertThat(cloud.requests()).isEmpty();
  }

  @Test
  void aLockIsLiftedForADeletion() {
    assertThat(machines.create(order(1))).isEqualTo(new Creation.Created("server-1"));
    cloud.nova().change("server-1", "locked", true);
    assertThat(machines.delete(SUBJECT, "server-1")).isEqualTo(new Effect.Accepted());
    assertThat(cloud.nova().ids()).isEmpty();
    assertThat(cloud.nova().keys()).hasSize(1);
    assertThat(machines.release(SUBJECT)).isEqualTo(Response.of(List.of()));
    assertThat(cloud.nova().keys()).isEmpty();
    assertThat(cloud.neutron().all("ports")).isEmpty();
  }

  @Test
  void aPartOfTheCloudThatIsDownHidesNothing() {
    assertThat(machines.create(order(1))).isEqualTo(new Creation.Created("server-1"));
    cloud.nova().loseCell();
    assertThat(machines.observe(SUBJECT))
        .isInstanceOfSatisfying(
            Response.Failed.class,
            failed -> assertThat(failed.failure()).isInstanceOf(Failure.CloudUnreachable.class));
  }

  /** Nova shows what is in such a part only as far as there is room for it on a page. */
  @Test
  void norWhereTheServersOfOtherPartsFillAPage() {
    assertThat(machines.create(order(1))).isEqualTo(new Creation.Created("server-1"));
    Reply full =
        Reply.of(
            200,
            Map.of(
                "servers",
                List.of(Map.of("id", "theirs")),
                "servers_links",
                List.of(Map.of("rel", "next", "href", "http://inside/"))));
    cloud.order("GET .*/servers", full);
    assertThat(machines.observe(SUBJECT)).as("it is found").isInstanceOf(Response.Answered.class);
    cloud.nova().loseCell();
    assertThat(machines.observe(SUBJECT))
        .isInstanceOfSatisfying(
            Response.Failed.class,
            failed -> assertThat(failed.failure()).isInstanceOf(Failure.CloudUnreachable.class));
    Subject other =
        new Subject("other", "lab", "two", Optional.empty(), Map.of(Subject.UID_TAG, "other"));
    cloud.order("GET .*/servers", full);
    assertThat(machines.observe(other))
        .as("one without a port has none")
        .isEqualTo(Response.of(List.of()));
  }

  @Test
  void whyNovaGaveUpIsAskedForWhereItsListingIsSilent() {
    assertThat(machines.create(order(1))).isEqualTo(new Creation.Created("server-1"));
    cloud.nova().change("server-1", "status", "ERROR");
    cloud
        .nova()
        .change("server-1", "fault", Map.of("code", 500, "message", "No valid host was found. "));
    assertThat(machines.observe(SUBJECT))
        .isInstanceOfSatisfying(
            Response.Answered.class,
            answered -> {
              var machine = (ObservedMachine) ((List<?>) answered.value()).getFirst();
              assertThat(machine.everRan()).isFalse();
              assertThat(machine.fault())
                  .contains(
                      new Failure.InsufficientCapacity(
                          CloudWords.ours("No valid host was found.")));
            });
  }

  @Test
  void longListsComeInPages() {
    cloud.nova().page(2);
    for (int creation = 1; creation <= 5; creation++) {
      assertThat(machines.create(order(creation))).isInstanceOf(Creation.Created.class);
    }
    assertThat(machines.list())
        .isInstanceOfSatisfying(
            Response.Answered.class,
            answered ->
                assertThat((List<?>) answered.value())
                    .extracting(machine -> ((ObservedMachine) machine).id())
                    .containsExactlyInAnyOrder(
                        "server-1", "server-2", "server-3", "server-4", "server-5"));
  }
}
