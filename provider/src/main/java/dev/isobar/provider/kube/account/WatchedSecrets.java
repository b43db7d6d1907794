package dev.isobar.provider.kube.account;

import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.external.SecretBytes;
import dev.isobar.provider.kube.account.ConfigObject.SecretPlace;
import dev.isobar.provider.kube.api.ApiObject;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.kube.api.Mirror;
import dev.isobar.provider.kube.api.ObjectApi;
import dev.isobar.provider.kube.api.Watching;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The Secrets that ProviderConfigs name, each watched by itself: no other Secret of the cluster
 * ever comes here, and a change is noticed at once.
 */
public final class WatchedSecrets implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** What is known of a key of a Secret. */
  sealed interface Look {
    /** It is there. */
    record There(SecretBytes value) implements Look {}

    /** There is no such Secret. */
    record NoSecret() implements Look {}

    /** The Secret has no such key. */
    record NoKey() implements Look {}

    /** The API server does not answer, or not to us. */
    record Unknown() implements Look {}
  }

  /** Who holds a Secret, and since when it is to go. */
  record Life(List<String> finalizers, Optional<Instant> deletedAt) {}

  private record Content(Map<String, SecretBytes> values, Life life) {}

  private record Watched(Mirror<Content> content, Watching watch) {}

  private final Map<ObjectKey, Watched> watched = new ConcurrentHashMap<>();
  private final ObjectApi api;
  private final Consumer<ObjectKey> changed;

  /**
   * None yet.
   *
   * @param changed is told which one others made, changed or removed
   */
  public WatchedSecrets(ObjectApi api, Consumer<ObjectKey> changed) {
    this.api = api;
    this.changed = changed;
  }

  /** Looks at a key; the first look at a Secret waits for the API server. */
  Look look(SecretPlace place) {
    Watched one = watched.computeIfAbsent(place.object(), this::watch);
    if (!one.watch().awaitSync(PATIENCE)) {
      return new Look.Unknown();
    }
    Optional<Content> secret = one.content().get(place.object());
    if (secret.isEmpty()) {
      return new Look.NoSecret();
    }
    SecretBytes value = secret.get().values().get(place.entry().key());
    return value == null ? new Look.NoKey() : new Look.There(value);
  }

  /** The same of the Secret as a whole, and without waiting: empty before it was looked at. */
  Optional<Life> life(ObjectKey secret) {
    return Optional.ofNullable(watched.get(secret))
        .flatMap(one -> one.content().get(secret))
        .map(Content::life);
  }

  /** Forgets all Secrets but these. */
  void retain(Set<ObjectKey> named) {
    for (ObjectKey key : Set.copyOf(watched.keySet())) {
      Watched one = named.contains(key) ? null : watched.remove(key);
      if (one != null) {
        one.watch().close();
      }
    }
  }

  @Override
  public void close() {
    watched.values().forEach(one -> one.watch().close());
  }

  private Watched watch(ObjectKey key) {
    var content = new Mirror<Content>(WatchedSecrets::read, (name, _, _) -> changed.accept(name));
    return new Watched(content, api.watch(KubernetesKind.SECRET, key, content));
  }

  private static Optional<Content> read(ApiObject secret) {
    var values = new HashMap<String, SecretBytes>();
    for (String name : secret.content().at("data").fields()) {
      secret
          .content()
          .at("data", name)
          .text()
          .ifPresent(text -> values.put(name, new SecretBytes(Base64.getDecoder().decode(text))));
    }
    var life = new Life(secret.finalizers(), secret.deletedAt());
    return Optional.of(new Content(Map.copyOf(values), life));
  }
}
