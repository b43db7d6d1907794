package dev.isobar.provider.changelog;

import dev.isobar.provider.operate.Diary;
import dev.isobar.provider.operate.Meters;
import dev.isobar.provider.operate.Tally;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Entries on their way to the sidecar, sent one after the other on a thread of its own. Whoever
 * adds one never waits: when too many are on their way, the new one is dropped. That entries are
 * lost is counted, and told once for as long as it lasts.
 */
final class Outbox implements AutoCloseable {
  private static final Diary LOG = Diary.of(Outbox.class);

  /** An entry takes a few kilobytes, so that all together stay below ten megabytes. */
  static final int MOST_WAITING = 1000;

  private static final Duration FAREWELL = Duration.ofSeconds(3);

  /** Behind it nothing is sent; no entry is empty. */
  private static final byte[] END = {};

  private final BlockingQueue<byte[]> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
  private final AtomicBoolean losing = new AtomicBoolean();
  private final Sidecar sidecar;
  private final Tally entries;
  private final Thread sender = Thread.ofVirtual().name("change-log").unstarted(this::work);

  Outbox(Sidecar sidecar, Meters meters) {
    this.sidecar = sidecar;
    entries =
        meters.tally(
            "isobar_change_log_entries_total",
            "Entries of the change log, by what became of them.",
            "outcome");
  }

  void start() {
    sender.start();
  }

  void add(ChangeLogEntry entry) {
    try {
      if (!waiting.offer(sidecar.encode(entry))) {
        lost("dropped", "the sidecar takes them more slowly than they come");
      }
    } catch (RuntimeException bug) {
      entries.add("failed");
      LOG.bug("Losing a change log entry because of a fault of ours", bug);
    }
  }

  /** Sends what waits, as far as that takes no longer than a moment. */
  @Override
  public void close() {
    boolean _ = waiting.offer(END); // else it is full, and there is enough to do
    try {
      if (!sender.join(FAREWELL)) {
        sender.interrupt();
        sender.join();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    long unsent = waiting.stream().filter(entry -> entry.length > 0).count();
    if (unsent > 0) {
      LOG.warning("Ending without sending change log entries", "count", unsent);
    }
  }

  private void work() {
    try {
      for (byte[] next = waiting.take(); next.length > 0; next = waiting.take()) {
        deliver(next);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // whoever interrupts does not want to wait longer
    }
  }

  private void deliver(byte[] entry) {
    try {
      Optional<String> problem = sidecar.send(entry);
      problem.ifPresentOrElse(why -> lost("failed", why), this::sent);
    } catch (RuntimeException bug) {
      entries.add("failed");
      LOG.bug("Losing a change log entry because of a fault of ours", bug);
    }
  }

  private void lost(String outcome, String why) {
    entries.add(outcome);
    if (losing.compareAndSet(false, true)) {
      LOG.warning("Losing change log entries, until told otherwise", "problem", why);
    }
  }

  /** A sidecar that is only slow takes one now and then; it has come round when none waits. */
  private void sent() {
    entries.add("sent");
    if (noneWaits() && losing.compareAndSet(true, false)) {
      LOG.info("Sending change log entries again");
    }
  }

  private boolean noneWaits() {
    byte[] next = waiting.peek();
    return next == null || next.length == 0;
  }
}
