package dev.isobar.e2e.ec2;

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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What every cloud promises, on EC2. */
@ResourceLock(Alone.EC2)
final class Ec2ContractTest extends MachinesContract {
  private static final StandInEc2 CLOUD = StandInEc2.shared();
  private static final Machines MACHINES = CLOUD.machines();
  private static String image = "";

  @BeforeAll
  static void register() {
    image = CLOUD.image("contract");
  }

  @Override
  protected Machines machines() {
    return MACHINES;
  }

  @Override
  protected InstanceParameters wanted() {
    return Wishes.machine("t3.micro", image);
  }

  @Override
  protected Offer offer() {
    return new Offer("t3.micro", Optional.of("us-east-1b"));
  }

  @Override
  protected boolean honoursTokens() {
    return true;
  }

  @Override
  protected <T> void await(String what, Supplier<T> look, Predicate<T> holds) {
    StandInEc2.await(what, look, holds);
  }

  @Override
  protected String newUid() {
    return UUID.randomUUID().toString();
  }
}
