package dev.isobar.provider.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.CloudEndpoints;
import dev.isobar.provider.external.Account;
import dev.isobar.provider.external.HandClock;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Accounts that are opened in tests. */
public final class Opened {
  public static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");

  private Opened() {}

  public static Account account(String cloudsYaml) {
    return new Account(
        "RegionOne",
        new CloudEndpoints(Map.of(), CloudEndpoints.Reach.Public),
        Optional.of(new SecretBytes(cloudsYaml.getBytes(StandardCharsets.UTF_8))),
        "lab",
        Optional.empty());
  }

  public static Machines machines(FakeOpenStack cloud) {
    return machines(cloud, new HandClock(NOW));
  }

  public static Machines machines(FakeOpenStack cloud, HandClock clock) {
    Response<Machines> opened = new OpenStackAccess(clock).open(account(cloud.cloudsYaml()));
    assertThat(opened).isInstanceOf(Response.Answered.class);
    return ((Response.Answered<Machines>) opened).value();
  }
}
