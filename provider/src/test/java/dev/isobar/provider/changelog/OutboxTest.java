package dev.isobar.provider.changelog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.changelog.ChangeLogEntry.Operation;
import dev.isobar.provider.operate.Diary;
import dev.isobar.provider.operate.Meters;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of entries when the sidecar does not do well, and who hears of it. */
final class OutboxTest {
  private static final ChangeLogEntry ENTRY =
      new ChangeLogEntry(
          Instant.EPOCH,
          "provider-isobar:0.1.0",
          Operation.DELETE,
          "m-1",
          Tree.absent(),
          Optional.empty(),
          new TreeMap<>());

  private final Meters meters = new Meters();
  private final PlayedSidecar sidecar = new PlayedSidecar();
  private final Outbox outbox = new Outbox(sidecar, meters);
  private final Log log = new Log();

  @BeforeEach
  void begin() {
    Diary.sendTo(log, false);
    outbox.start();
  }

  @AfterEach
  void end() {
    sidecar.turns.release(10 * Outbox.MOST_WAITING);
    outbox.close();
    Diary.sendTo(OutputStream.nullOutputStream(), false);
  }

  private List<String> counted() {
    return meters
        .text()
        .lines()
        .filter(line -> line.startsWith("isobar_change_log_entries_total{"))
        .map(line -> line.substring(line.indexOf('"')))
        .toList();
  }

  private List<String> told() {
    return log.toString(StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.replaceAll(".*\"level\":\"(\\w+)\".*\"message\":\"([^\"]*)\".*", "$1 $2"))
        .toList();
  }

  /** Sends this many, each with this end. */
  private void send(int count, Optional<String> end) {
    for (int sent = 0; sent < count; sent++) {
      sidecar.ends.add(end);
      outbox.add(ENTRY);
    }
    sidecar.turns.release(count);
    sidecar.finished(count);
  }

  @Test
  void whatIsTakenIsCountedAndNotToldOf() {
    send(3, Optional.empty());
    outbox.close();
    assertThat(counted()).containsExactly("\"sent\"} 3");
    assertThat(told()).isEmpty();
  }

  @Test
  void aSidecarThatTakesNothingIsToldOfOnceAndItsReturnToo() throws InterruptedException {
    send(5, Optional.of("UNAVAILABLE: io exception"));
    send(2, Optional.empty());
    log.await("Sending change log entries again"); // before another one waits
    send(1, Optional.of("DEADLINE_EXCEEDED: no answer"));
    outbox.close();
    assertThat(counted()).containsExactly("\"failed\"} 6", "\"sent\"} 2");
    assertThat(told())
        .containsExactly(
            "warning Losing change log entries, until told otherwise",
            "info Sending change log entries again",
            "warning Losing change log entries, until told otherwise");
    assertThat(log.toString(StandardCharsets.UTF_8))
        .contains("\"problem\":\"UNAVAILABLE: io exception\"");
  }

  @Test
  void whoeverAddsNeverWaits() {
    int surplus = 7;
    outbox.add(ENTRY);
    sidecar.awaitTurn(); // it has this one, and keeps it
    for (int added = 0; added < Outbox.MOST_WAITING + surplus; added++) {
      outbox.add(ENTRY);
    }
    assertThat(counted()).containsExactly("\"dropped\"} " + surplus);
    assertThat(told()).containsExactly("warning Losing change log entries, until told otherwise");
    sidecar.turns.release(Outbox.MOST_WAITING + 1);
    sidecar.finished(Outbox.MOST_WAITING + 1);
    outbox.close();
    assertThat(counted())
        .containsExactly("\"dropped\"} 7", "\"sent\"} " + (Outbox.MOST_WAITING + 1));
    assertThat(told())
        .as("it came round when none waited any more")
        .hasSize(2)
        .last()
        .isEqualTo("info Sending change log entries again");
  }

  @Test
  void aFaultOfOursHarmsNobody() {
    sidecar.faulty = true;
    outbox.add(ENTRY);
    sidecar.faulty = false;
    send(1, Optional.empty());
    outbox.close();
    assertThat(counted()).containsExactly("\"failed\"} 1", "\"sent\"} 1");
    assertThat(told())
        .containsExactly("error Losing a change log entry because of a fault of ours");
  }

  @Test
  void theEndDoesNotWaitForASidecarThatHangs() {
    outbox.add(ENTRY);
    sidecar.awaitTurn();
    outbox.add(ENTRY);
    outbox.close();
    assertThat(told())
        .containsExactly(
            "warning Losing change log entries, until told otherwise",
            "warning Ending without sending change log entries");
  }

  /** Can be waited for. */
  private static final class Log extends ByteArrayOutputStream {
    private static final long LIMIT = 30_000;

    @Override
    public synchronized void write(byte[] bytes, int from, int count) {
      super.write(bytes, from, count);
      notifyAll();
    }

    synchronized void await(String words) throws InterruptedException {
      long end = System.currentTimeMillis() + LIMIT;
      while (!toString(StandardCharsets.UTF_8).contains(words)) {
        long left = end - System.currentTimeMillis();
        assertThat(left).as("milliseconds left to be told: %s", words).isPositive();
        wait(left);
      }
    }
  }

  /** Takes each entry when it is given a turn, and ends as it is told to. */
  private static final class PlayedSidecar implements Sidecar {
    private final Semaphore turns = new Semaphore(0);
    private final Semaphore begun = new Semaphore(0);
    private final Semaphore finished = new Semaphore(0);
    private final BlockingQueue<Optional<String>> ends = new LinkedBlockingQueue<>();
    private volatile boolean faulty;

    void awaitTurn() {
      begun.acquireUninterruptibly();
    }

    void finished(int count) {
      finished.acquireUninterruptibly(count);
    }

    @Override
    public byte[] encode(ChangeLogEntry entry) {
      if (faulty) {
        throw new IllegalStateException("a fault of ours");
      }
      return new byte[] {1};
    }

    @Override
    public Optional<String> send(byte[] entry) {
      begun.release();
      try {
        turns.acquire();
        Optional<String> end = Optional.ofNullable(ends.poll()).orElse(Optional.empty());
        finished.release();
        return end;
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return Optional.of("CANCELLED: interrupted");
      }
    }

    @Override
    public void close() {}
  }
}
