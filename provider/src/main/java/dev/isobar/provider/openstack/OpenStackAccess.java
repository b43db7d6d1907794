package dev.isobar.provider.openstack;

import dev.isobar.provider.external.Account;
import dev.isobar.provider.external.CloudKind;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.openstack.identity.Session;
import dev.isobar.provider.openstack.rest.Trouble;
import java.time.Duration;
import java.time.InstantSource;

/** The way from a clouds.yaml to the machines of its project. */
public final class OpenStackAccess implements CloudKind {
  /** A page of a thousand servers takes Nova many seconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(25);

  private final InstantSource clock;
  private final Duration patience;

  /** Access whose tokens and memories age by a clock. */
  public OpenStackAccess(InstantSource clock) {
    this(clock, PATIENCE);
  }

  /**
   * Access that waits for single answers only so long.
   *
   * @param patience for one request; a call of the port may have several
   */
  public OpenStackAccess(InstantSource clock, Duration patience) {
    this.clock = clock;
    this.patience = patience;
  }

  @Override
  public Response<Machines> open(Account account) {
    try {
      return Response.of(new OpenStackMachines(Session.open(account, clock, patience), clock));
    } catch (Trouble trouble) {
      return Response.failed(trouble.failure());
    }
  }
}
