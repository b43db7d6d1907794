package dev.isobar.provider.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Works on what is on the agenda, each item on a virtual thread of its own, until closed. Items are
 * never worked on twice at the same time.
 */
public final class Workers<K> implements AutoCloseable {
  /** When an item is due again. */
  public sealed interface Again {
    /** When somebody adds it. */
    record WhenAdded() implements Again {}

    /**
     * Soon, because it failed: 1 s, and twice as long each time that this follows itself, to 60 s.
     */
    record Backoff() implements Again {}

    /** Soon, because something moves: 1 s, and twice as long each time, to 10 s. */
    record Moving() implements Again {}

    /** After a while. */
    record After(Duration delay, Urgency urgency) implements Again {}
  }

  /** Hears what happens to items. It is told in the midst of it, so it must be quick. */
  public interface Listener {
    /** An item was added, by somebody or because it is due again. */
    void added();

    /** An item that was due for a while is worked on. */
    void begun(Duration waited);

    /** It is no longer worked on. */
    void ended(Duration worked);

    /** It is due again soon, because it failed or moves. */
    void retried();

    /** A fault of ours ended the work on it, or kept it from being read; its catcher says so. */
    void failed();
  }

  private static final Duration FAILING = Duration.ofSeconds(60);
  private static final Duration MOVING = Duration.ofSeconds(10);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Agenda<K> agenda;
  private final Backoffs<K> failures = new Backoffs<>(FAILING);
  private final Backoffs<K> moves = new Backoffs<>(MOVING);
  private final Function<K, String> lanes;
  private final Function<K, Again> work;
  private final InstantSource clock;
  private final Listener listener;
  private final Map<K, Instant> running = new HashMap<>();
  private boolean closed;

  /**
   * Workers that have not begun.
   *
   * @param lanes the lane of an item; must be quick
   * @param work what is done with an item; when it throws, the item is due again after a back-off,
   *     and the exception goes to the thread's handler
   */
  public Workers(
      Agenda<K> agenda,
      Function<K, String> lanes,
      Function<K, Again> work,
      InstantSource clock,
      Listener listener) {
    this.agenda = agenda;
    this.lanes = lanes;
    this.work = work;
    this.clock = SteadyClock.over(clock);
    this.listener = listener;
  }

  /** Begins. */
  public void start() {
    Thread.ofPlatform().name("agenda").daemon().start(this::distribute);
  }

  /** An item is news. */
  public void add(K item) {
    add(item, Urgency.NEWS, Duration.ZERO);
  }

  /** An item is due after a while. */
  public void add(K item, Urgency urgency, Duration delay) {
    String lane = lanes.apply(item);
    listener.added();
    guarded(() -> agenda.add(item, lane, urgency, clock.instant(), delay));
  }

  /** An item is gone. */
  public void remove(K item) {
    guarded(() -> {
      agenda.remove(item);
      forget(item);
    });
  }

  /** How many items could be worked on now, but are not yet. */
  public int due() {
    lock.lock();
    try {
      return agenda.due(clock.instant());
    } finally {
      lock.unlock();
    }
  }

  /** How long each item that is worked on has been so. */
  public List<Duration> underWay() {
    lock.lock();
    try {
      Instant now = clock.instant();
      return running.values().stream().map(begun -> Duration.between(begun, now)).toList();
    } finally {
      lock.unlock();
    }
  }

  /** Ends: nothing is begun any more, and what was begun is waited for. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      while (!running.isEmpty()) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private void distribute() {
    lock.lock();
    try {
      while (!closed) {
        Instant now = clock.instant();
        Optional<Agenda.Turn<K>> turn = agenda.take(now);
        Optional<Instant> next = agenda.nextChange(now);
        if (turn.isPresent()) {
          running.put(turn.get().item(), now);
          listener.begun(Duration.between(turn.get().due(), now));
          Thread.ofVirtual().name("reconcile").start(() -> run(turn.get()));
        } else if (next.isPresent()) {
          long _ = changed.awaitNanos(Math.max(Duration.between(now, next.get()).toNanos(), 1));
        } else {
          changed.await();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // whoever interrupts wants the end
    } finally {
      lock.unlock();
    }
  }

  private void run(Agenda.Turn<K> turn) {
    Again again = new Again.Backoff();
    try {
      again = work.apply(turn.item());
    } finally {
      finish(turn, again);
    }
  }

  private void finish(Agenda.Turn<K> turn, Again again) {
    K item = turn.item();
    guarded(() -> {
      Instant now = clock.instant();
      listener.ended(Duration.between(running.getOrDefault(item, now), now));
      switch (again) {
        case Again.WhenAdded() -> forget(item);
        case Again.Backoff() -> {
          moves.forget(item);
          retry(turn, now, failures.next(item));
        }
        case Again.Moving() -> {
          failures.forget(item);
          retry(turn, now, moves.next(item));
        }
        case Again.After(var delay, var urgency) -> {
          forget(item);
          listener.added();
          agenda.add(item, turn.lane(), urgency, now, delay);
        }
      }
      agenda.done(turn);
      running.remove(item);
    });
  }

  private void retry(Agenda.Turn<K> turn, Instant now, Duration delay) {
    listener.added();
    listener.retried();
    agenda.add(turn.item(), turn.lane(), Urgency.NEWS, now, delay);
  }

  private void forget(K item) {
    failures.forget(item);
    moves.forget(item);
  }

  private void guarded(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
