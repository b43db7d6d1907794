package dev.isobar.provider.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.MachinesContract;
import dev.isobar.provider.external.Offer;
import dev.isobar.provider.external.Wishes;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;

/** The port's contract against the stand-in; src/e2e runs it against a real OpenStack. */
final class OpenStackContractTest extends MachinesContract {
  private static final int LOOKS = 5;

  private final FakeOpenStack cloud = new FakeOpenStack();
  private final Machines machines = Opened.machines(cloud);

  @AfterEach
  void end() {
    cloud.close();
  }

  @Override
  protected Machines machines() {
    return machines;
  }

  @Override
  protected InstanceParameters wanted() {
    return Wishes.machine("m1.tiny", "image-1");
  }

  @Override
  protected Offer offer() {
    return new Offer("m1.tiny", Optional.empty());
  }

  @Override
  protected boolean honoursTokens() {
    return true;
  }

  /** The stand-in's time goes by being looked at. */
  @Override
  protected void await(String what, BooleanSupplier holds) {
    for (int look = 0; look < LOOKS; look++) {
      if (holds.getAsBoolean()) {
        return;
      }
    }
    assertThat(false).as(what).isTrue();
  }

  @Override
  protected String newUid() {
    return UUID.randomUUID().toString();
  }
}
