package dev.isobar.provider.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.HandClock;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.openstack.FakeOpenStack.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens, versions, pauses: what is between the port and the services. */
final class OpenStackSessionTest {
  private final HandClock clock = new HandClock(Opened.NOW);
  private final FakeOpenStack cloud = new FakeOpenStack();
  private final Machines machines = Opened.machines(cloud, clock);

  @AfterEach
  void end() {
    cloud.close();
  }

  private static Failure failure(Response<List<ObservedMachine>> response) {
    assertThat(response).isInstanceOf(Response.Failed.class);
    return ((Response.Failed<List<ObservedMachine>>) response).failure();
  }

  private void isEmpty(Response<List<ObservedMachine>> response) {
    assertThat(response).isEqualTo(Response.of(List.of()));
  }

  @Test
  void openingAsksNothing() {
    assertThat(cloud.requests()).isEmpty();
  }

  @Test
  void aTokenAndAVersionServeManyCalls() {
    isEmpty(machines.list());
    isEmpty(machines.list());
    assertThat(cloud.requests())
        .containsExactly(
            "POST /identity/v3/auth/tokens",
            "GET /compute/v2.1/",
            "GET /compute/v2.1/servers/detail",
            "GET /compute/v2.1/servers/detail");
    assertThat(cloud.last().headers())
        .containsEntry("X-Auth-Token", "token-1")
        .containsEntry("OpenStack-API-Version", "compute 2.93");
  }

  @Test
  void aTokenIsRenewedBeforeItEnds() {
    isEmpty(machines.list());
    clock.advance(Duration.ofMinutes(47));
    isEmpty(machines.list());
    assertThat(cloud.logins()).as("four fifths of an hour are not over").isEqualTo(1);
    clock.advance(Duration.ofMinutes(2));
    isEmpty(machines.list());
    assertThat(cloud.logins()).isEqualTo(2);
  }

  @Test
  void aTokenThatIsNotAcceptedIsReplacedOnce() {
    isEmpty(machines.list());
    cloud.expireTokens();
    isEmpty(machines.list());
    assertThat(cloud.logins()).isEqualTo(2);
    for (int twice = 0; twice < 2; twice++) {
      cloud.order("GET /compute/.*", Reply.of(401, Map.of()));
    }
    assertThat(failure(machines.list()))
        .as("a second refusal is no matter of age")
        .isInstanceOf(Failure.AuthenticationFailed.class);
  }

  @Test
  void aWrongPasswordIsNotTriedAgainAtOnce() {
    Reply refusal =
        Reply.of(401, Map.of("error", Map.of("message", "Invalid username or password.")));
    cloud.order("POST /identity/.*", refusal);
    var wrong = new Failure.AuthenticationFailed(CloudWords.ours("Invalid username or password."));
    assertThat(failure(machines.list())).isEqualTo(wrong);
    assertThat(failure(machines.list())).isEqualTo(wrong);
    assertThat(cloud.requests()).as("many clouds lock accounts").hasSize(1);
    clock.advance(Duration.ofSeconds(31));
    isEmpty(machines.list());
  }

  @Test
  void anApplicationCredentialThatIsGoneIsNoMissingMachine() {
    cloud.order(
        "POST /identity/.*",
        Reply.of(
            404, Map.of("error", Map.of("message", "Could not find Application Credential: a1."))));
    assertThat(failure(machines.list()))
        .isEqualTo(
            new Failure.AuthenticationFailed(
                CloudWords.ours("Could not find Application Credential: a1.")));
  }

  @Test
  void whoeverIsAskedToWaitWaits() {
    isEmpty(machines.list());
    cloud.order("GET /compute/.*", new Reply(429, Map.of("Retry-After", "20"), Map.of()));
    assertThat(failure(machines.list()).patience()).contains(Duration.ofSeconds(20));
    clock.advance(Duration.ofSeconds(5));
    int before = cloud.requests().size();
    assertThat(failure(machines.list()))
        .isEqualTo(
            new Failure.Throttled(
                CloudWords.ours("the cloud asked for a pause between requests"),
                Optional.of(Duration.ofSeconds(15))));
    assertThat(cloud.requests()).hasSize(before);
    clock.advance(Duration.ofSeconds(15));
    isEmpty(machines.list());
  }

  @Test
  void aCloudOfAnotherReleaseIsAskedForItsVersionAgain() {
    isEmpty(machines.list());
    cloud.order(
        "GET /compute/.*",
        Reply.of(406, Map.of("computeFault", Map.of("message", "Version 2.93 is not supported"))));
    assertThat(failure(machines.list())).isInstanceOf(Failure.InvalidConfiguration.class);
    isEmpty(machines.list());
    assertThat(cloud.requests()).filteredOn("GET /compute/v2.1/"::equals).hasSize(2);
  }

  @Test
  void anotherRegionIsNamed() {
    Response<Machines> opened =
        new OpenStackAccess(clock)
            .open(
                new dev.isobar.provider.external.Account(
                    "south",
                    Opened.account("").endpoints(),
                    Opened.account(cloud.cloudsYaml()).credentials(),
                    "lab",
                    Optional.empty()));
    Failure failure = failure(((Response.Answered<Machines>) opened).value().list());
    assertThat(failure.words().text())
        .isEqualTo(
            "the cloud's catalogue has no public address of service compute in region south; it has"
                + " regions RegionOne. Correct spec.region or spec.endpoints, or name the address"
                + " in spec.endpoints.overrides.compute");
  }

  @Test
  void aCatalogueThatHoldsNoAddressIsNamed() {
    Map<String, Object> endpoint =
        Map.of("interface", "public", "region_id", "RegionOne", "url", "nova.example.org/v2.1");
    Map<String, Object> token =
        Map.of(
            "project",
            Map.of("id", "project-1"),
            "catalog",
            List.of(Map.of("type", "compute", "endpoints", List.of(endpoint))));
    cloud.order(
        "POST /identity/.*",
        new Reply(201, Map.of("X-Subject-Token", "token-1"), Map.of("token", token)));
    assertThat(failure(machines.list()))
        .isEqualTo(
            new Failure.InvalidConfiguration(
                CloudWords.ours(
                    "the catalogue's address of service compute must be an address such as"
                        + " https://keystone.example.org:5000/v3")));
  }

  @Test
  void whatIsNoJsonIsNoAnswer() {
    cloud.order(
        "GET /compute/.*",
        Reply.of(200, "{\"servers\": [".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    assertThat(failure(machines.list())).isInstanceOf(Failure.CloudUnreachable.class);
  }
}
