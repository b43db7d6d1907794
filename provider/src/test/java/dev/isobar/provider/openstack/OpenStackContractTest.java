package dev.isobar.provider.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.MachinesContract;
import dev.isobar.provider.external.Offer;
import dev.isobar.provider.external.Wishes;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
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
  protected <T> void await(String what, Supplier<T> look, Predicate<T> holds) {
    for (int time = 0; time < LOOKS; time++) {
      if (holds.test(look.get())) {
        return;
      }
    }
    assertThat(look.get()).as(what).matches(holds);
  }

  @Override
  protected String newUid() {
    return UUID.randomUUID().toString();
  }
}
