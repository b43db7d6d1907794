package dev.isobar.e2e.chaos;

import dev.isobar.e2e.openstack.Lab;
import dev.isobar.e2e.openstack.OnOpenStack;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import java.io.IOException;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Never a leaked machine, port, public address or key on OpenStack, and never a second one. */
@OnControlPlane
@OnOpenStack
@ResourceLock(Alone.CHAOS)
@Order(2)
final class OpenStackChaosTest {
  @Test
  void everythingIsAccountedFor() throws IOException {
    try (var run = new ChaosRun(Planes.chaos(), new OpenStackChaos(Lab.cloud()))) {
      run.run();
    }
  }
}
