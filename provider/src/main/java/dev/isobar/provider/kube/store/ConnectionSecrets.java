package dev.isobar.provider.kube.store;

import dev.isobar.provider.decide.Managed;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.kube.api.ApiAnswer;
import dev.isobar.provider.kube.api.ApiObject;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.kube.api.ObjectApi;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The Secrets with the addresses of machines. They are looked at again only after a while, because
 * every look at a machine asks for them to be there.
 */
public final class ConnectionSecrets {
  /** The type Crossplane gives them. */
  static final String TYPE = "connection.crossplane.io/v1alpha1";

  private static final Duration TRUSTED = Duration.ofMinutes(10);

  private record Known(String secret, Map<String, String> details, Instant at) {}

  private final Map<String, Known> known = new ConcurrentHashMap<>();
  private final ObjectApi api;
  private final InstantSource clock;

  /** Nothing is known to be stored yet. */
  public ConnectionSecrets(ObjectApi api, InstantSource clock) {
    this.api = api;
    this.clock = clock;
  }

  /** See {@link dev.isobar.provider.reconcile.ManagedStore#publish}. */
  Optional<String> publish(Managed owner, Map<String, String> details) {
    return owner
        .spec()
        .writeConnectionSecretToRef()
        .flatMap(ref -> published(owner, ref.name(), Map.copyOf(details)));
  }

  /** The Instance is gone; the collector of garbage takes its Secret. */
  public void forget(String uid) {
    known.remove(uid);
  }

  private Optional<String> published(Managed owner, String name, Map<String, String> details) {
    Known before = known.get(owner.uid());
    Instant now = clock.instant();
    if (before != null
        && before.secret().equals(name)
        && before.details().equals(details)
        && now.isBefore(before.at().plus(TRUSTED))) {
      return Optional.empty();
    }
    Optional<String> problem = write(owner, name, details);
    if (problem.isEmpty()) {
      known.put(owner.uid(), new Known(name, details, now));
    }
    return problem;
  }

  private Optional<String> write(Managed owner, String name, Map<String, String> details) {
    var key = new ObjectKey(owner.key().namespace(), name);
    return switch (api.get(KubernetesKind.SECRET, key)) {
      case ApiAnswer.Missing() ->
          problem(api.create(KubernetesKind.SECRET, key, fresh(owner, key, details)), key);
      case ApiAnswer.Current(var secret) -> merged(owner, secret, details);
      case ApiAnswer other -> problem(other, key);
    };
  }

  private Optional<String> merged(Managed owner, ApiObject secret, Map<String, String> details) {
    boolean ours = secret.controller().filter(owner.uid()::equals).isPresent();
    boolean free = secret.controller().isEmpty() && isConnection(secret);
    if (!ours && !free) {
      return Optional.of(
          "spec.writeConnectionSecretToRef: Secret %s belongs to somebody else; name another"
              .formatted(secret.key()));
    }
    boolean stored =
        encoded(details).entrySet().stream()
            .allMatch(one ->
                secret
                    .content()
                    .at("data", one.getKey())
                    .text()
                    .filter(one.getValue()::equals)
                    .isPresent());
    if (ours && stored) {
      return Optional.empty();
    }
    var metadata = new TreeMap<String, Object>();
    metadata.put("resourceVersion", secret.resourceVersion());
    if (free) {
      metadata.put("ownerReferences", List.of(reference(owner)));
    }
    Map<String, Object> patch = Map.of("metadata", metadata, "data", encoded(details));
    return problem(api.merge(KubernetesKind.SECRET, secret.key(), patch), secret.key());
  }

  private static boolean isConnection(ApiObject secret) {
    return secret.content().at("type").text().filter(TYPE::equals).isPresent();
  }

  private static Map<String, Object> fresh(
      Managed owner, ObjectKey key, Map<String, String> details) {
    return Map.of(
        "apiVersion",
        "v1",
        "kind",
        "Secret",
        "metadata",
        Map.of(
            "name",
            key.name(),
            "namespace",
            key.namespace(),
            "ownerReferences",
            List.of(reference(owner))),
        "type",
        TYPE,
        "data",
        encoded(details));
  }

  /** That an Instance controls what it owns, which goes with it. */
  public static Map<String, Object> reference(Managed owner) {
    return Map.of(
        "apiVersion", KubernetesKind.INSTANCE.apiVersion(),
        "kind", KubernetesKind.INSTANCE.kind(),
        "name", owner.key().name(),
        "uid", owner.uid(),
        "controller", true,
        "blockOwnerDeletion", true);
  }

  private static Map<String, String> encoded(Map<String, String> details) {
    var encoded = new TreeMap<String, String>();
    details.forEach((name, value) ->
        encoded.put(
            name, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
    return encoded;
  }

  private static Optional<String> problem(ApiAnswer reply, ObjectKey key) {
    String cannot = "cannot write the connection Secret " + key + ": ";
    return switch (reply) {
      case ApiAnswer.Current _ -> Optional.empty();
      case ApiAnswer.Missing() -> Optional.of(cannot + "its namespace is going");
      case ApiAnswer.Conflict() -> Optional.of(cannot + "somebody else wrote it at the same time");
      case ApiAnswer.Forbidden(var why) -> Optional.of(cannot + why);
      case ApiAnswer.Unavailable(var why) -> Optional.of(cannot + why);
    };
  }
}
