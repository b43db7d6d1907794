package dev.isobar.provider.ec2;

import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** Lists that come in pages, whole or not at all. */
final class EveryPage {
  /** The port's minute, less what a last page may take. */
  private static final Duration LIMIT = Duration.ofSeconds(40);

  /** Asks for the page that a token of the page before leads to; null leads to the first. */
  @FunctionalInterface
  interface Question<R> {
    /** Asks. */
    R ask(Ec2Client client, @Nullable String token);
  }

  private final Ec2Calls calls;
  private final InstantSource clock;

  EveryPage(Ec2Calls calls, InstantSource clock) {
    this.calls = calls;
    this.clock = clock;
  }

  /**
   * All items of a list.
   *
   * @param what is listed, for a message
   * @param next the token of a page; null or empty on the last
   */
  <R, T> Response<List<T>> of(
      String what,
      Question<R> question,
      Function<R, List<T>> items,
      Function<R, @Nullable String> next) {
    Instant deadline = clock.instant().plus(LIMIT);
    List<T> all = new ArrayList<>();
    String token = null;
    do {
      if (clock.instant().isAfter(deadline)) {
        return Response.failed(
            new Failure.CloudUnreachable(
                CloudWords.ours(
                    "describing " + what + " took more than " + LIMIT.toSeconds() + " s")));
      }
      String page = token;
      CallEnd<R> end = calls.ask(client -> question.ask(client, page));
      if (!(end instanceof CallEnd.Replied<R>(var reply))) {
        return end.answer(_ -> List.of());
      }
      all.addAll(items.apply(reply));
      token = next.apply(reply);
    } while (token != null && !token.isEmpty());
    return Response.of(List.copyOf(all));
  }
}
