package dev.isobar.e2e.chaos;

import dev.isobar.e2e.plane.Alone;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Never a leaked machine, volume, interface, address or key on EC2, and never a second one. */
@OnControlPlane
@ResourceLock(Alone.CHAOS)
final class Ec2ChaosTest {
  @Test
  void everythingIsAccountedFor() throws IOException {
    try (var run = new ChaosRun(Planes.chaos(), new Ec2Chaos())) {
      run.run();
    }
  }
}
