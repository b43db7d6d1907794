package dev.isobar.e2e.provider;

import dev.isobar.provider.ProviderMain;
import dev.isobar.provider.decide.Pace;
import java.io.IOException;
import java.time.Duration;

/**
 * provider-isobar as it ships, with its clouds, but in haste: it waits a minute and a half where it
 * would wait five for requests whose end nobody saw. That is longer than requests are held here, or
 * than a busy machine is late with them; were it shorter, a machine would be asked for twice.
 */
public final class HastyProviderMain {
  private static final Pace HASTY =
      new Pace(
          Pace.USUAL.poll(),
          Pace.USUAL.leastPoll(),
          Duration.ofSeconds(5),
          Pace.USUAL.inFlight(),
          Duration.ofSeconds(90),
          Duration.ofSeconds(5));

  private HastyProviderMain() {}

  /** Runs it. */
  public static void main(String[] words) throws IOException {
    ProviderMain.run(ProviderMain.clouds(), HASTY, words);
  }
}
