package dev.isobar.testbed.process;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The processes of one control plane. They end with it, last started first; also when this JVM is
 * told to end. Should it be killed, they are noted for {@link LeftProcesses}.
 */
public final class Processes implements Closeable {
  private final Path logs;
  private final Path note;
  private final List<LocalProcess> started = new CopyOnWriteArrayList<>();
  private boolean ending;
  private final Thread hook = new Thread(this::end, "end processes");

  /**
   * None yet.
   *
   * @param logs the folder of their logs
   * @param note the file that lists them while they run
   */
  public Processes(Path logs, Path note) {
    this.note = note;
    try {
      this.logs = Files.createDirectories(logs);
    } catch (IOException unwritable) {
      throw new CannotRun("cannot make the folder for logs", unwritable);
    }
    LeftProcesses.begin(note);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Where the logs are. */
  public Path logs() {
    return logs;
  }

  /**
   * Starts a command; its log is named after it and grows with every start.
   *
   * @throws CannotRun also when they have been told to end: nobody would end this one
   */
  public synchronized LocalProcess start(Command command) {
    if (ending) {
      throw new CannotRun("cannot start " + command.name() + ": all processes are being ended");
    }
    LocalProcess process = LocalProcess.start(command, log(command));
    started.add(process);
    LeftProcesses.add(note, process);
    return process;
  }

  /** Runs a command to its end. */
  public void run(Command command, Duration limit) {
    LocalProcess process = start(command);
    process.awaitSuccess(limit);
    started.remove(process);
  }

  /** Those that run now, first started first. */
  public List<LocalProcess> running() {
    return started.stream().filter(LocalProcess::runs).toList();
  }

  /** Lets them run on when this JVM ends; only they stay in the note. */
  public void leave() {
    LeftProcesses.write(note, running());
    started.clear();
    var _ = Runtime.getRuntime().removeShutdownHook(hook);
  }

  /** Ends them all and waits. */
  @Override
  public void close() {
    end();
    try {
      var _ = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // The JVM ends already, and this is its doing.
    }
  }

  private Path log(Command command) {
    return logs.resolve(command.name() + ".log");
  }

  /** Controllers first: an API server waits for their watches. */
  private void end() {
    List<LocalProcess> left = last();
    left.stream().filter(process -> !isServer(process)).forEach(LocalProcess::askToEnd);
    left.forEach(LocalProcess::stop);
    forget();
  }

  private synchronized List<LocalProcess> last() {
    ending = true;
    var left = new ArrayList<>(started.reversed());
    started.removeAll(left);
    return left;
  }

  private void forget() {
    try {
      var _ = Files.deleteIfExists(note);
    } catch (IOException _) {
      // It names processes that have ended, which harms nobody.
    }
  }

  private static boolean isServer(LocalProcess process) {
    return process.name().endsWith("kube-apiserver") || process.name().endsWith("etcd");
  }
}
