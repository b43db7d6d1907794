package dev.isobar.provider.kube.account;

import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.kube.api.ApiAnswer;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.kube.api.ObjectApi;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What tells the machines of this management cluster from those of others that use the same account
 * of a cloud: the UID that its API server gave the definition of Instances. As long as it does not
 * tell, or the account may not look at definitions, machines are not marked with it, and nobody's
 * are told apart; it is asked again, because both may pass.
 */
public final class Installation {
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final Supplier<Optional<String>> ask;
  private final InstantSource clock;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile Optional<String> known = Optional.empty();
  private volatile Instant next = Instant.MIN;

  private Installation(Supplier<Optional<String>> ask, InstantSource clock) {
    this.ask = ask;
    this.clock = clock;
  }

  /** That of a cluster, which is asked when it is needed. */
  public static Installation of(ObjectApi api, InstantSource clock) {
    var definition = new ObjectKey("", KubernetesKind.INSTANCE.definition());
    return new Installation(
        () ->
            api.get(KubernetesKind.DEFINITION, definition) instanceof ApiAnswer.Current(var found)
                ? Optional.of(found.uid())
                : Optional.empty(),
        clock);
  }

  /** One that is known, or that nobody wants to know. */
  static Installation known(Optional<String> id) {
    var installation = new Installation(() -> id, InstantSource.system());
    installation.known = id;
    return installation;
  }

  /** Empty as long as nobody can tell. */
  Optional<String> id() {
    if (!due()) {
      return known;
    }
    asking.lock(); // at the start all come at once, and none shall go on without the answer
    try {
      if (due()) {
        known = ask.get();
        next = clock.instant().plus(PAUSE);
      }
      return known;
    } finally {
      asking.unlock();
    }
  }

  private boolean due() {
    return known.isEmpty() && !clock.instant().isBefore(next);
  }

  /** The tags of its machines. */
  Map<String, String> marks() {
    return id().map(uid -> Map.of(Subject.INSTALLATION_TAG, uid)).orElse(Map.of());
  }
}
