package dev.isobar.e2e.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.plane.ControlPlane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A provider that is killed again and again, at moments which a seed chooses: when it has asked its
 * cloud so many questions more. Only when it has nothing left to ask, time decides.
 */
final class Kills {
  private static final int OF_A_TIME = 3;
  private static final int MOST_QUESTIONS = 16;
  private static final Duration LONGEST = Duration.ofSeconds(8);

  private final ControlPlane plane;
  private final String name;
  private final String[] words;
  private final long seed;
  private final Random moments;
  private final List<ProviderProcess> all = new ArrayList<>();

  private Kills(ControlPlane plane, String name, long seed, String... words) {
    this.plane = plane;
    this.name = name;
    this.words = words;
    this.seed = seed;
    moments = new Random(seed);
  }

  /**
   * Starts the first provider.
   *
   * @param name of the processes, which are numbered
   * @param words for the provider
   */
  static Kills of(ControlPlane plane, String name, String... words) {
    long seed = Long.getLong("isobar.chaos.seed", new Random().nextInt(1_000_000));
    System.err.printf(
        "isobar: kills of %s; the same again with -Disobar.chaos.seed=%d%n", name, seed);
    var kills = new Kills(plane, name, seed, words);
    kills.start();
    return kills;
  }

  /** Kills the provider a few times, and leaves another one running. */
  void happen() {
    for (int kill = 0; kill < OF_A_TIME; kill++) {
      ProviderProcess victim = all.getLast();
      double moment = questions(victim) + moments.nextInt(MOST_QUESTIONS);
      long start = System.nanoTime();
      var _ =
          Await.PATIENT.until(
              "the moment to kill provider %d has come, seed %d".formatted(all.size(), seed),
              () -> questions(victim),
              questions -> questions >= moment || System.nanoTime() - start > LONGEST.toNanos());
      victim.kill();
      start();
    }
  }

  /** Ends the one that runs; none of them lacked a right. */
  void end() {
    all.getLast().stop();
    assertThat(all).flatExtracting(ProviderProcess::forbidden).isEmpty();
  }

  private void start() {
    all.add(ProviderProcess.startHasty(plane, name + "-" + (all.size() + 1), words));
  }

  private static double questions(ProviderProcess provider) {
    return provider.metric("isobar_cloud_call_seconds_count");
  }
}
