package dev.isobar.e2e.provider;

import dev.isobar.provider.ProviderMain;
import dev.isobar.provider.decide.Pace;
import java.io.IOException;
import java.time.Duration;

/**
 * provider-isobar as it ships, with its clouds, but in haste: it waits seconds where it would wait
 * minutes for requests whose end nobody saw.
 */
public final class HastyProviderMain {
  private static final Pace HASTY =
      new Pace(
          Pace.USUAL.poll(),
          Pace.USUAL.leastPoll(),
          Duration.ofSeconds(5),
          Duration.ofSeconds(8),
          Duration.ofSeconds(25),
          Duration.ofSeconds(5));

  private HastyProviderMain() {}

  /** Runs it. */
  public static void main(String[] words) throws IOException {
    ProviderMain.run(ProviderMain.clouds(), HASTY, words);
  }
}
