package dev.isobar.e2e.openstack;

import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.MachinesContract;
import dev.isobar.provider.external.Offer;
import dev.isobar.provider.external.Wishes;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The port's contract against the real services. */
@ResourceLock(Alone.OPENSTACK)
@OnOpenStack
final class OpenStackMachinesTest extends MachinesContract {
  private final Machines machines = Lab.machines();

  @Override
  protected Machines machines() {
    return machines;
  }

  @Override
  protected InstanceParameters wanted() {
    return Wishes.machine("m1.tiny", Lab.cloud().id("image"));
  }

  @Override
  protected Offer offer() {
    return new Offer("m1.tiny", Optional.empty());
  }

  /** A port has one server, and the port's name is made of the token. */
  @Override
  protected boolean honoursTokens() {
    return true;
  }

  @Override
  protected <T> void await(String what, Supplier<T> look, Predicate<T> holds) {
    Lab.await(what, look, holds);
  }

  @Override
  protected String newUid() {
    return UUID.randomUUID().toString();
  }
}
