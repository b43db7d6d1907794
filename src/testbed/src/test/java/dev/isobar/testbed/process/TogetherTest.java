package dev.isobar.testbed.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class TogetherTest {
  private final Set<String> done = ConcurrentHashMap.newKeySet();

  @Test
  void noneWaitsForTheOther() {
    var met = new CountDownLatch(2);
    Together.run(() -> meet(met, "one"), () -> meet(met, "other"));
    assertThat(done).containsExactlyInAnyOrder("one", "other");
  }

  @Test
  void failureIsToldWhenEverythingHasEnded() {
    var failure = new CannotRun("no");
    assertThatThrownBy(() ->
            Together.run(
                () -> {
                  throw failure;
                },
                () -> {
                  var _ = done.add("other");
                }))
        .isSameAs(failure);
    assertThat(done).containsExactly("other");
  }

  private void meet(CountDownLatch met, String name) {
    met.countDown();
    try {
      met.await();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
    var _ = done.add(name);
  }
}
