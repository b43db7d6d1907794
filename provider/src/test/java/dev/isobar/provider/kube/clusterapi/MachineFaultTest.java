package dev.isobar.provider.kube.clusterapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.provider.queue.Workers;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Passes over a GpuMachine that a fault of ours ends. */
final class MachineFaultTest extends MachineScene {
  private final CountDownLatch faults = new CountDownLatch(2);

  private Workers.Listener counting() {
    return new WatchFilterTest.Deaf() {
      @Override
      public void failed() {
        faults.countDown();
      }
    };
  }

  @Test
  void eachIsCountedAndFollowedByAnother() throws InterruptedException {
    cluster(Map.of(), true);
    bootstrap("cloud-config");
    machine(owned());
    try (var machines =
        new GpuMachines(
            management.objects(),
            Optional.empty(),
            _ -> {
              throw new IllegalStateException("of a test");
            },
            InstantSource.system(),
            counting(),
            new WatchFilterTest.Deaf())) {
      machines.start();
      assertThat(faults.await(30, TimeUnit.SECONDS)).as("two faults were counted").isTrue();
    }
  }
}
