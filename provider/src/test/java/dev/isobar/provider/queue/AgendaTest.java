package dev.isobar.provider.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AgendaTest {
  private static final Instant START = Instant.parse("2026-11-25T10:00:00Z");
  private Instant now = START;
  private final Agenda<String> agenda = new Agenda<>(2, new TokenBucket(1000, 1000, START));

  private void add(String item, String lane, Urgency urgency) {
    agenda.add(item, lane, urgency, now);
  }

  private Optional<Agenda.Turn<String>> take() {
    return agenda.take(now);
  }

  private List<String> all() {
    List<String> taken = new ArrayList<>();
    for (var turn = take(); turn.isPresent(); turn = take()) {
      taken.add(turn.get().item());
    }
    return taken;
  }

  @Test
  void anItemIsThereOnce() {
    add("a", "cloud", Urgency.NEWS);
    add("a", "cloud", Urgency.NEWS);
    assertThat(all()).containsExactly("a");
  }

  @Test
  void anItemIsNeverWorkedOnTwiceAtTheSameTime() {
    add("a", "cloud", Urgency.NEWS);
    Agenda.Turn<String> turn = take().orElseThrow();
    add("a", "cloud", Urgency.NEWS);
    assertThat(take()).isEmpty();
    agenda.done(turn);
    assertThat(all()).containsExactly("a");
  }

  @Test
  void whatIsDueIsWhatCouldBeBegun() {
    add("a", "cloud", Urgency.NEWS);
    add("b", "cloud", Urgency.NEWS);
    agenda.add("later", "cloud", Urgency.NEWS, now, Duration.ofSeconds(1));
    assertThat(agenda.due(now)).isEqualTo(2);
    var _ = take().orElseThrow();
    assertThat(agenda.due(now)).isEqualTo(1);
    assertThat(agenda.due(now.plusSeconds(1))).isEqualTo(2);
  }

  @Test
  void newsOvertakeResyncs() {
    add("old", "cloud", Urgency.RESYNC);
    add("new", "cloud", Urgency.NEWS);
    assertThat(all()).containsExactly("new", "old");
  }

  @Test
  void aResyncThatBecomesNewsOvertakesOthers() {
    add("a", "cloud", Urgency.RESYNC);
    add("b", "cloud", Urgency.RESYNC);
    assertThat(agenda.nextChange(now)).contains(now);
    add("b", "cloud", Urgency.NEWS);
    assertThat(all()).containsExactly("b", "a");
  }

  @Test
  void aChangeDoesNotWaitForTheNextPoll() {
    agenda.add("a", "cloud", Urgency.RESYNC, now, Duration.ofMinutes(10));
    assertThat(take()).isEmpty();
    add("a", "cloud", Urgency.NEWS);
    assertThat(all()).containsExactly("a");
  }

  @Test
  void aLaterWishDoesNotPutOffAnEarlierOne() {
    agenda.add("a", "cloud", Urgency.RESYNC, now, Duration.ofSeconds(5));
    agenda.add("a", "cloud", Urgency.RESYNC, now, Duration.ofSeconds(50));
    now = now.plusSeconds(5);
    assertThat(all()).containsExactly("a");
  }

  @Test
  void aSlowCloudFillsItsOwnLaneOnly() {
    for (int i = 0; i < 100; i++) {
      add("slow" + i, "slow", Urgency.NEWS);
    }
    assertThat(all()).containsExactly("slow0", "slow1");
    add("quick", "quick", Urgency.RESYNC);
    assertThat(all()).containsExactly("quick");
  }

  /** All resyncs of a cloud wait for the one that lists it, which may take many seconds. */
  @Test
  void resyncsLeaveHandsToNews() {
    Agenda<String> wide = new Agenda<>(8, new TokenBucket(1000, 1000, START));
    List<Agenda.Turn<String>> taken = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      wide.add("old" + i, "cloud", Urgency.RESYNC, now);
      wide.take(now).ifPresent(taken::add);
    }
    assertThat(taken).hasSize(6);
    assertThat(wide.nextChange(now)).as("nobody is woken in vain").isEmpty();
    for (int i = 0; i < 3; i++) {
      wide.add("new" + i, "cloud", Urgency.NEWS, now);
    }
    assertThat(wide.take(now)).map(Agenda.Turn::item).contains("new0");
    Agenda.Turn<String> second = wide.take(now).orElseThrow();
    assertThat(wide.take(now)).as("every hand is busy").isEmpty();
    wide.done(second);
    assertThat(wide.take(now)).map(Agenda.Turn::item).contains("new2");
    wide.done(taken.getFirst());
    assertThat(wide.take(now)).map(Agenda.Turn::item).contains("old6");
  }

  @Test
  void lanesTakeTurns() {
    for (int i = 0; i < 2; i++) {
      add("a" + i, "a", Urgency.NEWS);
    }
    for (int i = 0; i < 2; i++) {
      add("b" + i, "b", Urgency.NEWS);
    }
    assertThat(all()).containsExactly("a0", "b0", "a1", "b1");
  }

  @Test
  void theBudgetIsForAllLanesTogether() {
    Agenda<String> tight = new Agenda<>(9, new TokenBucket(1, 2, START));
    for (String item : List.of("a", "b", "c")) {
      tight.add(item, item, Urgency.NEWS, now);
    }
    assertThat(tight.take(now)).isPresent();
    assertThat(tight.take(now)).isPresent();
    assertThat(tight.take(now)).isEmpty();
    assertThat(tight.nextChange(now)).contains(now.plusSeconds(1));
    assertThat(tight.take(now.plusSeconds(1))).isPresent();
  }

  @Test
  void whatIsRemovedIsNotDone() {
    add("a", "cloud", Urgency.NEWS);
    agenda.remove("a");
    assertThat(all()).isEmpty();
    assertThat(agenda.size()).isZero();
  }

  @Test
  void whatIsRemovedWhileItIsWorkedOnDoesNotComeAgain() {
    add("a", "cloud", Urgency.NEWS);
    Agenda.Turn<String> turn = take().orElseThrow();
    add("a", "cloud", Urgency.NEWS);
    agenda.remove("a");
    agenda.done(turn);
    assertThat(all()).isEmpty();
  }

  @Test
  void anItemMayChangeItsLane() {
    agenda.add("a", "one", Urgency.RESYNC, now, Duration.ofSeconds(5));
    agenda.add("a", "two", Urgency.RESYNC, now, Duration.ofSeconds(9));
    now = now.plusSeconds(5);
    assertThat(take()).map(Agenda.Turn::lane).contains("two");
  }

  @Test
  void nothingIsDueWhenNothingIsThere() {
    assertThat(agenda.nextChange(now)).isEmpty();
    agenda.add("a", "cloud", Urgency.RESYNC, now, Duration.ofSeconds(5));
    assertThat(agenda.nextChange(now)).contains(now.plusSeconds(5));
  }
}
