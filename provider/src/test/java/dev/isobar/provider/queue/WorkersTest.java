package dev.isobar.provider.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.provider.external.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With real threads; what is waited for are latches, never time. */
@Timeout(60)
final class WorkersTest {
  private static final int HANDS = 3;

  /** Writes down what it hears. */
  private static final class Minutes implements Workers.Listener {
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final CountDownLatch retried = new CountDownLatch(1);

    @Override
    public void added() {
      heard.add("added");
    }

    @Override
    public void begun(Duration waited) {
      heard.add("begun after " + waited);
    }

    @Override
    public void ended(Duration worked) {
      heard.add("ended after " + worked);
    }

    @Override
    public void retried() {
      heard.add("retried");
      retried.countDown();
    }

    @Override
    public void failed() {
      heard.add("failed");
    }
  }

  /** Items are named lane/number. */
  private static Workers<String> workers(Function<String, Workers.Again> work) {
    return workers(work, new Minutes());
  }

  private static Workers<String> workers(
      Function<String, Workers.Again> work, Workers.Listener listener) {
    Instant start = Instant.parse("2026-11-25T10:00:00Z");
    Agenda<String> agenda = new Agenda<>(HANDS, new TokenBucket(1e6, 1e6, start));
    return new Workers<>(
        agenda,
        item -> item.substring(0, item.indexOf('/')),
        work,
        InstantSource.fixed(start),
        listener);
  }

  private static void await(CountDownLatch latch, String what) throws InterruptedException {
    assertThat(latch.await(30, TimeUnit.SECONDS)).as(what).isTrue();
  }

  @Test
  void everythingIsDone() throws InterruptedException {
    Set<String> done = ConcurrentHashMap.newKeySet();
    CountDownLatch all = new CountDownLatch(100);
    try (Workers<String> workers =
        workers(item -> {
          if (done.add(item)) {
            all.countDown();
          }
          return new Workers.Again.WhenAdded();
        })) {
      workers.start();
      for (int i = 0; i < 100; i++) {
        workers.add("cloud/" + i);
      }
      await(all, "100 items were worked on");
    }
    assertThat(done).hasSize(100);
  }

  @Test
  void aSlowCloudDoesNotHoldUpAnother() throws InterruptedException {
    CountDownLatch slow = new CountDownLatch(1);
    CountDownLatch quick = new CountDownLatch(20);
    try (Workers<String> workers =
        workers(item -> {
          if (item.startsWith("slow")) {
            awaitQuietly(slow);
          } else {
            quick.countDown();
          }
          return new Workers.Again.WhenAdded();
        })) {
      workers.start();
      for (int i = 0; i < 20; i++) {
        workers.add("slow/" + i);
      }
      for (int i = 0; i < 20; i++) {
        workers.add("quick/" + i);
      }
      await(quick, "the quick cloud's items were done while the slow one's hang");
      slow.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aLaneHasSoManyHandsAndNoMore() throws InterruptedException {
    AtomicInteger busy = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch all = new CountDownLatch(200);
    try (Workers<String> workers =
        workers(item -> {
          most.accumulateAndGet(busy.incrementAndGet(), Math::max);
          Thread.onSpinWait();
          busy.decrementAndGet();
          all.countDown();
          return new Workers.Again.WhenAdded();
        })) {
      workers.start();
      for (int i = 0; i < 200; i++) {
        workers.add("cloud/" + i);
      }
      await(all, "200 items were worked on");
    }
    assertThat(most.get()).isBetween(1, HANDS);
  }

  /** Or everything that waits would wait for as long as that was, deletions among it. */
  @Test
  void aClockThatIsSetBackHoldsUpNothing() throws InterruptedException {
    HandClock clock = new HandClock(Instant.parse("2026-11-25T10:00:00Z"));
    CountDownLatch done = new CountDownLatch(1);
    Agenda<String> agenda = new Agenda<>(HANDS, new TokenBucket(1e6, 1e6, clock.instant()));
    Function<String, Workers.Again> work =
        item -> {
          if (item.equals("later")) {
            done.countDown();
          }
          return new Workers.Again.WhenAdded();
        };
    try (Workers<String> workers =
        new Workers<>(agenda, _ -> "cloud", work, clock, new Minutes())) {
      workers.start();
      workers.add("later", Urgency.RESYNC, Duration.ofMinutes(1));
      clock.advance(Duration.ofHours(-3));
      workers.add("now");
      clock.advance(Duration.ofMinutes(1));
      workers.add("more");
      await(done, "what was due in a minute");
    }
  }

  @Test
  void whatIsDueAgainAtOnceComesAgain() throws InterruptedException {
    CountDownLatch thrice = new CountDownLatch(3);
    try (Workers<String> workers =
        workers(item -> {
          thrice.countDown();
          return thrice.getCount() == 0
              ? new Workers.Again.WhenAdded()
              : new Workers.Again.After(Duration.ZERO, Urgency.RESYNC);
        })) {
      workers.start();
      workers.add("cloud/1");
      await(thrice, "the item was worked on three times");
    }
  }

  @Test
  void whoListensHearsWhatHappens() throws InterruptedException {
    var minutes = new Minutes();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Workers<String> workers =
        workers(
            item -> {
              begun.countDown();
              awaitQuietly(go);
              return new Workers.Again.Backoff();
            },
            minutes);
    workers.start();
    workers.add("cloud/1");
    await(begun, "the item was begun");
    assertThat(workers.underWay()).containsExactly(Duration.ZERO);
    go.countDown();
    await(minutes.retried, "the item is due again");
    workers.close();
    assertThat(workers.underWay()).isEmpty();
    assertThat(minutes.heard)
        .containsExactly("added", "begun after PT0S", "ended after PT0S", "added", "retried");
  }

  @Test
  void closingWaitsForWhatWasBegun() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    List<String> finished = new CopyOnWriteArrayList<>();
    Workers<String> workers =
        workers(item -> {
          begun.countDown();
          awaitQuietly(go);
          finished.add(item);
          return new Workers.Again.WhenAdded();
        });
    workers.start();
    workers.add("cloud/1");
    await(begun, "the item was begun");
    Thread closing = Thread.ofVirtual().start(workers::close);
    go.countDown();
    closing.join();
    assertThat(finished).containsExactly("cloud/1");
  }
}
