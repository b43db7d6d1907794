package dev.isobar.testbed.process;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Work of which nothing waits for the rest of it. */
public final class Together {
  private Together() {}

  /**
   * Does all of it, and waits.
   *
   * @param most how much is done at once
   * @throws RuntimeException the first failure in the order of the list, when everything has ended
   */
  public static void run(int most, List<Runnable> work) {
    try (var workers = Executors.newFixedThreadPool(most)) {
      List<? extends Future<?>> all = work.stream().map(workers::submit).toList();
      for (Future<?> one : all) {
        one.get();
      }
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (failed.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** The same, all at once. */
  public static void run(Runnable... work) {
    run(work.length, List.of(work));
  }
}
