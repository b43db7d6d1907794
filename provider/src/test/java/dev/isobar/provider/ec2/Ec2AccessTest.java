package dev.isobar.provider.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.AssumedRole;
import dev.isobar.apis.compute.CloudEndpoints;
import dev.isobar.apis.compute.CloudEndpoints.Reach;
import dev.isobar.provider.external.Account;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.SecretBytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;

final class Ec2AccessTest {
  private final Ec2Access access = new Ec2Access();

  private static Account account(
      String region, Map<String, String> overrides, Optional<AssumedRole> role) {
    return new Account(
        region,
        new CloudEndpoints(overrides, Reach.Public),
        Optional.of(
            new SecretBytes(
                "[default]\naws_access_key_id=AKID\naws_secret_access_key=hush-hush"
                    .getBytes(StandardCharsets.UTF_8))),
        "default",
        role,
        role.map(_ -> "ProviderConfig lab/aws"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RegionOne | ec2 | https://ec2.example.org | spec.region: EC2 has no region RegionOne",
        "us-east-1 | compute | https://nova.example.org | spec.endpoints.overrides.compute: EC2"
            + " knows ec2 and sts",
        "us-east-1 | ec2 | ec2.example.org | spec.endpoints.overrides.ec2 is no address such as"
            + " https://ec2.example.org",
        "us-east-1 | sts | ftp://sts | spec.endpoints.overrides.sts is no address such as"
            + " https://ec2.example.org"
      })
  void whatCannotBeReachedIsRefused(String region, String service, String address, String words) {
    assertThat(access.open(account(region, Map.of(service, address), Optional.empty())))
        .isEqualTo(Response.failed(new Failure.InvalidConfiguration(CloudWords.ours(words))));
  }

  @Test
  void aRoleIsAssumedWithItsExternalId() {
    try (var server = new QueryServer()) {
      server.on(
          "AssumeRole",
          _ ->
              "<AssumeRoleResult><Credentials><AccessKeyId>ASIDTEMP</AccessKeyId>"
                  + "<SecretAccessKey>s</SecretAccessKey><SessionToken>session-1</SessionToken>"
                  + "<Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>"
                  + "</AssumeRoleResult>");
      server.on("DescribeInstances", _ -> "<reservationSet/>");
      String address = server.address().toString();
      var role = new AssumedRole("arn:aws:iam::1:role/isobar", Optional.of("tenant-7"));
      var machines =
          ((Response.Answered<Machines>)
                  access.open(
                      account(
                          "us-east-1", Map.of("ec2", address, "sts", address), Optional.of(role))))
              .value();
      assertThat(server.asked("AssumeRole")).as("opening asks nothing").isEmpty();
      assertThat(machines.list()).isEqualTo(Response.of(List.of()));
      assertThat(machines.list()).isEqualTo(Response.of(List.of()));
      assertThat(server.asked("AssumeRole"))
          .singleElement()
          .satisfies(request ->
              assertThat(request)
                  .containsEntry("RoleArn", "arn:aws:iam::1:role/isobar")
                  .containsEntry("ExternalId", "tenant-7")
                  .containsEntry("RoleSessionName", "isobar@ProviderConfig.lab.aws"));
    }
  }

  @Test
  void aRoleThatMayNotBeAssumedIsAnAuthenticationThatFailed() {
    try (var server = new QueryServer()) {
      server.on("AssumeRole", _ -> "");
      server.replyOnce("AssumeRole", QueryServer.refusal(403, "AccessDenied", "not you"));
      String address = server.address().toString();
      var role = new AssumedRole("arn:aws:iam::1:role/isobar", Optional.empty());
      var machines =
          ((Response.Answered<Machines>)
                  access.open(
                      account(
                          "us-east-1", Map.of("ec2", address, "sts", address), Optional.of(role))))
              .value();
      assertThat(machines.list())
          .isInstanceOfSatisfying(
              Response.Failed.class,
              failed ->
                  assertThat(failed.failure()).isInstanceOf(Failure.AuthenticationFailed.class));
    }
  }

  @Test
  void whoseAccountItIsIsAskedUntilItIsKnown() {
    try (var server = new QueryServer()) {
      server.on(
          "GetCallerIdentity",
          _ ->
              "<GetCallerIdentityResult><Account>123456789012</Account>"
                  + "</GetCallerIdentityResult>");
      server.replyOnce("GetCallerIdentity", QueryServer.refusal(403, "ExpiredToken", "too late"));
      String address = server.address().toString();
      var machines =
          ((Response.Answered<Machines>)
                  access.open(
                      account(
                          "us-east-1", Map.of("ec2", address, "sts", address), Optional.empty())))
              .value();
      assertThat(machines.account())
          .isInstanceOfSatisfying(
              Response.Failed.class,
              failed ->
                  assertThat(failed.failure()).isInstanceOf(Failure.AuthenticationFailed.class));
      for (int twice = 0; twice < 2; twice++) {
        assertThat(machines.account()).isEqualTo(Response.of("EC2/us-east-1/123456789012"));
      }
      assertThat(server.asked("GetCallerIdentity")).hasSize(2);
    }
  }

  /** A tenant's address that never answers would take the connections of all others. */
  @Test
  void aPlaceThatHangsLeavesTheOthersTheirConnections() throws IOException {
    var narrow =
        new Ec2Access(
            InstantSource.system(),
            () ->
                Apache5HttpClient.builder()
                    .maxConnections(1)
                    .connectionAcquisitionTimeout(Duration.ofSeconds(1))
                    .build(),
            AnonymousCredentialsProvider.create());
    try (var server = new QueryServer();
        var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      silent.setSoTimeout(20_000);
      server.on("DescribeInstances", _ -> "<reservationSet/>");
      Machines hanging = at(narrow, "http://127.0.0.1:" + silent.getLocalPort());
      Machines well = at(narrow, server.address().toString());
      var _ =
          Thread.ofVirtual()
              .start(() -> {
                var _ = hanging.list();
              });
      try (var _ = silent.accept()) {
        assertThat(well.list()).isEqualTo(Response.of(List.of()));
      }
    }
  }

  private static Machines at(Ec2Access access, String address) {
    Map<String, String> overrides = Map.of("ec2", address, "sts", address);
    var opened = access.open(account("us-east-1", overrides, Optional.empty()));
    return ((Response.Answered<Machines>) opened).value();
  }

  /** What a pod may be is decided elsewhere, and no ProviderConfig changes with it. */
  @Test
  void anIdentityThatComesToLeadElsewhereIsAskedForAnew() {
    var key = new AtomicReference<>("ASIA-1");
    Map<String, String> owners = Map.of("ASIA-1", "1", "ASIA-2", "1", "ASIA-3", "2");
    try (var server = new QueryServer()) {
      server.on(
          "GetCallerIdentity",
          _ ->
              "<GetCallerIdentityResult><Account>%s</Account></GetCallerIdentityResult>"
                  .formatted(owners.get(key.get())));
      String address = server.address().toString();
      var pod =
          new Ec2Access(
              InstantSource.system(),
              Apache5HttpClient::create,
              () -> AwsSessionCredentials.create(key.get(), "s", "session"));
      var endpoints = new CloudEndpoints(Map.of("ec2", address, "sts", address), Reach.Public);
      var account =
          new Account("us-east-1", endpoints, Optional.empty(), "default", Optional.empty());
      var machines = ((Response.Answered<Machines>) pod.open(account)).value();
      List<Response<String>> seen = new ArrayList<>();
      for (String next : List.of("ASIA-1", "ASIA-1", "ASIA-2", "ASIA-3", "ASIA-3")) {
        key.set(next);
        seen.add(machines.account());
      }
      assertThat(seen)
          .isEqualTo(
              Stream.of("1", "1", "1", "2", "2")
                  .map(number -> Response.of("EC2/us-east-1/" + number))
                  .toList());
      assertThat(server.asked("GetCallerIdentity")).as("once for each key").hasSize(3);
    }
  }
}
