package dev.isobar.provider.kube.account;

import dev.isobar.apis.compute.ProviderConfigRef;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.kube.api.ApiAnswer;
import dev.isobar.provider.kube.api.ApiObject;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.kube.api.Mirror;
import dev.isobar.provider.kube.api.ObjectApi;
import dev.isobar.provider.kube.api.Watching;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** That objects use ProviderConfigs: one ProviderConfigUsage for each, named by its UID. */
public final class Usages {
  private static final String CONFIG_LABEL = "crossplane.io/provider-config";
  private static final String KIND_LABEL = "crossplane.io/provider-config-kind";

  /** A usage: which config, and whose it is. */
  private record Use(ConfigKey config, String user) {}

  private final Mirror<Use> uses;
  private final ObjectApi api;

  /**
   * None yet.
   *
   * @param changed is told whose users became more or fewer
   * @param fault is told when one of ours kept a usage from being read
   */
  public Usages(ObjectApi api, Consumer<ConfigKey> changed, Runnable fault) {
    this.api = api;
    uses =
        new Mirror<>(
            Usages::read,
            (_, before, after) ->
                Stream.concat(before.stream(), after.stream())
                    .map(Use::config)
                    .distinct()
                    .forEach(changed),
            fault);
  }

  /** Begins to watch them. */
  public Watching watch() {
    return api.watch(KubernetesKind.PROVIDER_CONFIG_USAGE, uses);
  }

  /**
   * Records that an object uses its config, unless that is known.
   *
   * @return why it could not be recorded
   */
  Optional<String> track(ConfigUser user) {
    ConfigKey config = user.config();
    var key = new ObjectKey(user.key().namespace(), user.uid());
    boolean known = uses.get(key).filter(use -> use.config().equals(config)).isPresent();
    return known ? Optional.empty() : record(user, config, key);
  }

  /** Whether an object of this namespace and UID uses any. */
  boolean hasUser(String namespace, String uid) {
    return uses.get(new ObjectKey(namespace, uid)).isPresent();
  }

  /** Who uses a config, an example of each kind of object first. */
  List<String> usersOf(ConfigKey config) {
    return uses.all().filter(use -> use.config().equals(config)).map(Use::user).sorted().toList();
  }

  private Optional<String> record(ConfigUser user, ConfigKey config, ObjectKey key) {
    ApiAnswer reply =
        api.create(KubernetesKind.PROVIDER_CONFIG_USAGE, key, usage(user, config, key));
    if (reply instanceof ApiAnswer.Conflict) {
      Map<String, Object> patch =
          Map.of(
              "metadata", Map.of("labels", labels(config)),
              "providerConfigRef", reference(config));
      reply = api.merge(KubernetesKind.PROVIDER_CONFIG_USAGE, key, patch);
    }
    return switch (reply) {
      case ApiAnswer.Current(var made) -> {
        uses.takeOver(made);
        yield Optional.empty();
      }
      case ApiAnswer.Missing() -> Optional.of("namespace " + key.namespace() + " is going");
      case ApiAnswer.Conflict() -> Optional.of("somebody else wrote it at the same time");
      case ApiAnswer.Forbidden(var why) -> Optional.of(why);
      case ApiAnswer.Unavailable(var why) -> Optional.of(why);
    };
  }

  private static Map<String, Object> usage(ConfigUser user, ConfigKey config, ObjectKey key) {
    return Map.of(
        "apiVersion",
        KubernetesKind.PROVIDER_CONFIG_USAGE.apiVersion(),
        "kind",
        KubernetesKind.PROVIDER_CONFIG_USAGE.kind(),
        "metadata",
        Map.of(
            "name",
            key.name(),
            "namespace",
            key.namespace(),
            "labels",
            labels(config),
            "ownerReferences",
            List.of(user.owning())),
        "providerConfigRef",
        reference(config),
        "resourceRef",
        Map.of(
            "apiVersion", user.kind().apiVersion(),
            "kind", user.kind().kind(),
            "name", user.key().name()));
  }

  /** A label holds 63 characters; whoever has a longer name finds its usages by what they say. */
  private static Map<String, String> labels(ConfigKey config) {
    String name = config.object().name();
    return Map.of(CONFIG_LABEL, name.length() <= 63 ? name : "", KIND_LABEL, config.kind().name());
  }

  private static Map<String, Object> reference(ConfigKey config) {
    return Map.of("name", config.object().name(), "kind", config.kind().name());
  }

  /** One that nobody controls counts nothing: nobody would ever take it away. */
  private static Optional<Use> read(ApiObject usage) {
    Optional<String> name = usage.content().at("providerConfigRef", "name").text();
    String kind = usage.content().at("providerConfigRef", "kind").text().orElse("");
    String user =
        usage.content().at("resourceRef", "kind").text().orElse("")
            + " "
            + usage.key().namespace()
            + "/"
            + usage.content().at("resourceRef", "name").text().orElse("");
    return usage
        .controller()
        .flatMap(_ -> name)
        .map(config ->
            new Use(
                ConfigKey.of(
                    kind.equals(ProviderConfigRef.Kind.ProviderConfig.name())
                        ? ProviderConfigRef.Kind.ProviderConfig
                        : ProviderConfigRef.Kind.ClusterProviderConfig,
                    usage.key().namespace(),
                    config),
                user));
  }
}
