package dev.isobar.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.InstanceSpec.RecreatePolicy;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.external.Wishes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How often clouds are listed, and how old a listing is when it is used. */
final class PollingTest {
  private static final Duration FRACTION = Duration.ofSeconds(15);

  private final World world = new World(false);
  private final World.Process provider = world.process();
  private final List<Instant> listings = new ArrayList<>();
  private final Map<ObjectKey, Instant> due = new HashMap<>();

  /** Works on whatever is due next, for a while; answers how old listings were at most. */
  private Duration work(Duration time) {
    Instant end = world.clock.instant().plus(time);
    Duration oldest = Duration.ZERO;
    while (true) {
      ObjectKey next = due.entrySet().stream().min(Map.Entry.comparingByValue()).get().getKey();
      Instant at = due.get(next);
      if (at.isAfter(end)) {
        return oldest;
      }
      Duration ahead = Duration.between(world.clock.instant(), at);
      world.clock.advance(ahead.isNegative() ? Duration.ZERO : ahead);
      provider.store.sync();
      Duration wait = provider.pass(next);
      if (!listings.isEmpty()) {
        Duration age = Duration.between(listings.getLast(), world.clock.instant());
        oldest = age.compareTo(oldest) > 0 ? age : oldest;
      }
      due.put(next, world.clock.instant().plus(wait));
    }
  }

  private List<String> callsIn(Duration time) {
    int before = world.cloud.calls().size();
    provider.work(time);
    return world.cloud.calls().stream().skip(before).distinct().toList();
  }

  private String ready() {
    return world.conditions().getOrDefault("Ready", "");
  }

  /** Or each machine of many hosts that are down would be looked at by itself, all the time. */
  @Test
  void whatRestsIsListedThoughItIsNotWell() {
    world.api.apply(World.KEY, World.UID, World.spec(Wishes.machine("small", "ubuntu")));
    provider.work(Duration.ofMinutes(3));
    world.cloud.hostOf("m-1", true);
    provider.work(Duration.ofMinutes(2));
    assertThat(ready()).isEqualTo("False/Unavailable: the machine is on, and its host is down");
    assertThat(callsIn(Duration.ofMinutes(10))).contains("list").doesNotContain("observe");
    world.cloud.hostOf("m-1", false);
    provider.work(Duration.ofMinutes(2));
    assertThat(ready()).isEqualTo("True/Available");
  }

  @Test
  void soIsWhatDiffersAndNobodyMayMend() {
    world.api.apply(
        World.KEY,
        World.UID,
        World.spec(
            Wishes.machine("small", "ubuntu"),
            RecreatePolicy.Always,
            List.of("Observe", "Create", "Delete")));
    provider.work(Duration.ofMinutes(3));
    world.cloud.retagOutside("m-1", Map.of("somebody", "else"));
    provider.work(Duration.ofMinutes(2));
    assertThat(world.object().flatMap(one -> one.status().atProvider()).orElseThrow().deviations())
        .isNotEmpty();
    assertThat(callsIn(Duration.ofMinutes(10))).contains("list").doesNotContain("observe");
  }

  /** Or nobody would be looked at, and all shown as before, for as long as that was. */
  @Test
  void aClockThatIsSetBackKeepsNobodyFromBeingLookedAt() {
    world.api.apply(World.KEY, World.UID, World.spec(Wishes.machine("small", "ubuntu")));
    provider.work(Duration.ofMinutes(20));
    world.clock.advance(Duration.ofMinutes(-15));
    provider.store.sync();
    assertThat(provider.pass()).isLessThan(Duration.ofSeconds(70));
    world.cloud.hostOf("m-1", true);
    provider.work(Duration.ofMinutes(2));
    assertThat(ready()).isEqualTo("False/Unavailable: the machine is on, and its host is down");
  }

  /** Or what somebody does to a machine might be shown two polls later. */
  @Test
  void oneListingInAPollServesAllWhileItIsYoung() {
    for (int number = 0; number < 40; number++) {
      var key = new ObjectKey("lab", "machine-" + number);
      world.api.apply(key, "a7e2-" + number * 7919, World.spec(Wishes.machine("small", "ubuntu")));
      due.put(key, world.clock.instant().plusMillis(1500L * number));
    }
    world.cloud.watch(point -> {
      if (point.equals("before cloud.list")) {
        listings.add(world.clock.instant());
      }
    });
    Duration _ = work(Duration.ofMinutes(10));
    listings.clear();
    Duration oldest = work(Duration.ofMinutes(10));
    assertThat(oldest).isLessThanOrEqualTo(FRACTION);
    assertThat(listings).as("in ten polls, each up to 5 % short").hasSizeBetween(9, 11);
  }
}
