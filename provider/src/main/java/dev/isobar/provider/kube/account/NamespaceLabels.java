package dev.isobar.provider.kube.account;

import dev.isobar.apis.compute.LabelSelector;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.kube.api.ApiAnswer;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.kube.api.ObjectApi;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which namespaces may use a ClusterProviderConfig. Their labels are read only for configs that ask
 * for some, because an account needs a right of its own for that. A yes is believed for a while, a
 * no is asked for again each time.
 */
final class NamespaceLabels {
  private static final Duration BELIEVED = Duration.ofSeconds(30);

  private record Known(Map<String, String> labels, Instant at) {}

  private final Map<String, Known> known = new ConcurrentHashMap<>();
  private final ObjectApi api;
  private final InstantSource clock;

  NamespaceLabels(ObjectApi api, InstantSource clock) {
    this.api = api;
    this.clock = clock;
  }

  /** Why a namespace may not use a config; who cannot tell says no. */
  Optional<Failure> obstacle(ConfigObject config, String namespace) {
    return config.terms().allowed().flatMap(selector -> obstacle(config, selector, namespace));
  }

  private Optional<Failure> obstacle(
      ConfigObject config, LabelSelector selector, String namespace) {
    Known before = known.get(namespace);
    if (before != null
        && clock.instant().isBefore(before.at().plus(BELIEVED))
        && Selection.selects(selector, before.labels())) {
      return Optional.empty();
    }
    return switch (api.get(KubernetesKind.NAMESPACE, new ObjectKey("", namespace))) {
      case ApiAnswer.Current(var object) -> {
        Map<String, String> labels = Map.copyOf(object.labels());
        known.put(namespace, new Known(labels, clock.instant()));
        yield judged(config, selector, namespace, labels);
      }
      case ApiAnswer.Forbidden _ ->
          Optional.of(
              new Failure.InvalidConfiguration(
                  CloudWords.ours(
                      config.key()
                          + " is for certain namespaces only (spec.allowedNamespaces), and the"
                          + " provider may not read their labels; apply package/rbac, which allows"
                          + " it, or remove spec.allowedNamespaces")));
      case ApiAnswer.Missing(), ApiAnswer.Conflict() ->
          Optional.of(
              new Failure.ProviderError(
                  CloudWords.ours("namespace " + namespace + " does not exist any more")));
      case ApiAnswer.Unavailable(var why) ->
          Optional.of(
              new Failure.ProviderError(
                  CloudWords.ours(
                      "cannot read the labels of namespace " + namespace + ": " + why)));
    };
  }

  private static Optional<Failure> judged(
      ConfigObject config, LabelSelector selector, String namespace, Map<String, String> labels) {
    return Selection.selects(selector, labels)
        ? Optional.empty()
        : Optional.of(
            new Failure.InvalidConfiguration(
                CloudWords.ours(
                    config.key()
                        + " is not for namespace "
                        + namespace
                        + " (spec.allowedNamespaces); name another in spec.providerConfigRef, or"
                        + " ask the platform team to allow it")));
  }
}
