package dev.isobar.provider.openstack.identity;

import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.openstack.rest.Ask;
import dev.isobar.provider.openstack.rest.Deadline;
import dev.isobar.provider.openstack.rest.HttpAnswer;
import dev.isobar.provider.openstack.rest.HttpTransport;
import dev.isobar.provider.openstack.rest.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one account. One thread fetches, the others wait for what it gets. A refusal is
 * remembered for a while: many clouds lock accounts after a few wrong passwords.
 */
final class Keystone {
  private static final Duration AFTER_REFUSAL = Duration.ofSeconds(30);
  private static final Duration AFTER_SILENCE = Duration.ofSeconds(3);

  private record Refused(Trouble why, Instant until) {}

  private final CloudEntry entry;
  private final HttpTransport transport;
  private final InstantSource clock;
  private final Duration patience;
  private final ReentrantLock fetching = new ReentrantLock();
  private volatile @Nullable Token token;
  private volatile @Nullable Refused refused;

  Keystone(CloudEntry entry, HttpTransport transport, InstantSource clock, Duration patience) {
    this.entry = entry;
    this.transport = transport;
    this.clock = clock;
    this.patience = patience;
  }

  /** A token that should be accepted. */
  Token token(Deadline deadline) {
    Token known = fresh();
    if (known != null) {
      return known;
    }
    lock(deadline);
    try {
      known = fresh();
      if (known != null) {
        return known;
      }
      Refused before = refused;
      if (before != null && before.until().isAfter(clock.instant())) {
        throw before.why();
      }
      Token fetched = fetch(deadline);
      token = fetched;
      refused = null;
      return fetched;
    } finally {
      fetching.unlock();
    }
  }

  /** A service did not accept this one. */
  void forget(Token rejected) {
    fetching.lock();
    try {
      if (rejected.equals(token)) {
        token = null;
      }
    } finally {
      fetching.unlock();
    }
  }

  private @Nullable Token fresh() {
    Token known = token;
    return known != null && known.renewAt().isAfter(clock.instant()) ? known : null;
  }

  private void lock(Deadline deadline) {
    try {
      if (!fetching.tryLock(deadline.left().toMillis(), TimeUnit.MILLISECONDS)) {
        throw Trouble.silent(
            new Failure.CloudUnreachable(
                CloudWords.ours("Keystone has not answered an earlier request for a token")),
            Trouble.Effect.NONE);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw Trouble.silent(
          new Failure.CloudUnreachable(CloudWords.ours("interrupted before there was a token")),
          Trouble.Effect.NONE);
    }
  }

  private Token fetch(Deadline deadline) {
    Ask ask = Ask.act("/auth/tokens", entry.login().body());
    try {
      HttpAnswer answer =
          transport.send(
              entry.keystone(), ask, Map.of(), patience, deadline, entry.login().secrets());
      String value =
          answer
              .header("x-subject-token")
              .orElseThrow(() ->
                  Trouble.invalid(
                      entry.keystone() + " answers without a token; is that Keystone's address?"));
      return Token.of(value, answer.body(), clock.instant());
    } catch (Trouble trouble) {
      throw remembered(trouble);
    }
  }

  /** Whatever Keystone does with a request for a token, nothing else was done. */
  private Trouble remembered(Trouble trouble) {
    Failure failure = trouble.failure();
    boolean unknown = trouble.status() == 404 || trouble.status() == 403;
    Failure why = unknown ? new Failure.AuthenticationFailed(failure.words()) : failure;
    boolean said = trouble.status() >= 400 && trouble.status() < 500;
    Trouble known = Trouble.silent(why, Trouble.Effect.NONE);
    Duration rest = said ? AFTER_REFUSAL : AFTER_SILENCE;
    refused = new Refused(known, clock.instant().plus(rest));
    return known;
  }
}
