package dev.isobar.provider.kube.account;

import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.kube.account.ConfigObject.SecretPlace;
import dev.isobar.provider.kube.account.WatchedSecrets.Life;
import dev.isobar.provider.kube.api.ApiAnswer;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.kube.api.ObjectApi;
import dev.isobar.provider.operate.Diary;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds the Secrets of ProviderConfigs that are in use. Of what is deleted together, as with a
 * namespace, the Secret would go at once, and a provider that starts after that could delete no
 * machine any more.
 *
 * <p>A config remembers which Secret it holds before it does, and holds it by a finalizer of its
 * own: so the Secret is let go of whatever becomes of the reference, of other configs and of this
 * process. One that is deleted alone is let go of soon, because somebody may be replacing it.
 */
final class HeldSecrets {
  private static final Diary LOG = Diary.of(HeldSecrets.class);

  /** So long after the Secret everything is deleted that goes together with it. */
  private static final Duration TOGETHER = Duration.ofMinutes(1);

  /** What came of a pass. */
  enum Outcome {
    /** It is as it shall be, until something changes. */
    SETTLED,
    /** The config was written, and the pass begins anew. */
    STORED,
    /** It is to be looked at again soon. */
    UNSETTLED
  }

  private final ObjectApi api;
  private final Configs configs;
  private final WatchedSecrets secrets;
  private final InstantSource clock;

  HeldSecrets(ObjectApi api, Configs configs, WatchedSecrets secrets, InstantSource clock) {
    this.api = api;
    this.configs = configs;
    this.secrets = secrets;
    this.clock = clock;
  }

  /**
   * Holds the Secret that a config reads, or lets go of the one that it held.
   *
   * @param used whether anybody uses the config
   * @param goes whether any of those is being deleted; asked when it matters
   */
  Outcome keep(ConfigObject config, boolean used, BooleanSupplier goes) {
    Optional<ObjectKey> wanted = config.terms().secret().map(SecretPlace::object).filter(_ -> used);
    if (config.holds().isPresent() && !config.holds().equals(wanted)) {
      return letGo(config) ? remember(config, Optional.empty()) : Outcome.UNSETTLED;
    }
    Optional<Life> life = wanted.flatMap(secrets::life);
    if (life.isEmpty()) {
      return Outcome.SETTLED;
    }
    if (config.holds().isPresent()) {
      return held(config, config.holds().get(), life.get(), goes);
    }
    return life.get().deletedAt().isPresent() ? Outcome.SETTLED : remember(config, wanted);
  }

  /** Lets go of the Secret that a config holds; answers whether it holds none any more. */
  boolean letGo(ConfigObject config) {
    return config
        .holds()
        .map(secret ->
            done(
                secret,
                change(
                    secret,
                    all -> all.stream().filter(one -> !one.equals(finalizer(config))).toList())))
        .orElse(true);
  }

  private Outcome held(ConfigObject config, ObjectKey secret, Life life, BooleanSupplier goes) {
    boolean ours = life.finalizers().contains(finalizer(config));
    if (life.deletedAt().isEmpty()) {
      return ours || hold(config, secret) ? Outcome.SETTLED : Outcome.UNSETTLED;
    }
    if (!ours) {
      return Outcome.SETTLED;
    }
    boolean alone =
        life.deletedAt().get().plus(TOGETHER).isBefore(clock.instant()) && !goes.getAsBoolean();
    return alone && letGo(config) ? Outcome.SETTLED : Outcome.UNSETTLED;
  }

  /** Who may not write Secrets goes on without; the config serves as well. */
  private boolean hold(ConfigObject config, ObjectKey secret) {
    ApiAnswer reply =
        change(secret, all -> Stream.concat(all.stream(), Stream.of(finalizer(config))).toList());
    return done(secret, reply) || reply instanceof ApiAnswer.Forbidden;
  }

  private static boolean done(ObjectKey secret, ApiAnswer reply) {
    return switch (reply) {
      case ApiAnswer.Current _, ApiAnswer.Missing() -> true;
      case ApiAnswer.Conflict() -> false;
      case ApiAnswer.Forbidden(var why) -> unwritten(secret, why);
      case ApiAnswer.Unavailable(var why) -> unwritten(secret, why);
    };
  }

  private static boolean unwritten(ObjectKey secret, String why) {
    LOG.warning("Cannot change who holds a Secret", "secret", secret, "problem", why);
    return false;
  }

  private ApiAnswer change(ObjectKey secret, UnaryOperator<List<String>> change) {
    ApiAnswer there = api.get(KubernetesKind.SECRET, secret);
    if (!(there instanceof ApiAnswer.Current(var object))) {
      return there;
    }
    List<String> finalizers = change.apply(object.finalizers());
    return finalizers.equals(object.finalizers())
        ? there
        : api.merge(
            KubernetesKind.SECRET,
            secret,
            Map.of(
                "metadata",
                Map.of("resourceVersion", object.resourceVersion(), "finalizers", finalizers)));
  }

  private Outcome remember(ConfigObject config, Optional<ObjectKey> secret) {
    var annotations = new TreeMap<String, @Nullable Object>();
    annotations.put(ConfigObject.HOLDS, secret.map(ObjectKey::toString).orElse(null));
    ApiAnswer reply =
        api.merge(
            config.key().objects(),
            config.key().object(),
            Map.of(
                "metadata",
                Map.of("resourceVersion", config.resourceVersion(), "annotations", annotations)));
    if (!(reply instanceof ApiAnswer.Current(var object))) {
      return Outcome.UNSETTLED;
    }
    ConfigReading.read(object).ifPresent(configs::takeOver);
    return Outcome.STORED;
  }

  private static String finalizer(ConfigObject config) {
    return "in-use.isobar.dev/" + config.uid();
  }
}
