package dev.isobar.provider.kube.account;

import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.kube.api.Mirror;
import dev.isobar.provider.kube.api.ObjectApi;
import dev.isobar.provider.kube.api.Watching;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** All ProviderConfigs of both kinds. */
public final class Configs {
  private final Mirror<ConfigObject> namespaced;
  private final Mirror<ConfigObject> cluster;

  /**
   * None yet.
   *
   * @param changed is told which one others made, changed or removed
   * @param fault is told when one of ours kept a config from being read
   */
  public Configs(Consumer<ConfigKey> changed, Runnable fault) {
    namespaced = new Mirror<>(ConfigReading::namespaced, watcher(changed), fault);
    cluster = new Mirror<>(ConfigReading::cluster, watcher(changed), fault);
  }

  /** Begins to watch them. */
  public List<Watching> watch(ObjectApi api) {
    return List.of(
        api.watch(KubernetesKind.PROVIDER_CONFIG, namespaced),
        api.watch(KubernetesKind.CLUSTER_PROVIDER_CONFIG, cluster));
  }

  Optional<ConfigObject> get(ConfigKey key) {
    return mirror(key).get(key.object());
  }

  Stream<ConfigObject> all() {
    return Stream.concat(namespaced.all(), cluster.all());
  }

  /** Takes over what one of our own writes gave. */
  void takeOver(ConfigObject written) {
    mirror(written.key()).takeOver(written.key().object(), written.resourceVersion(), written);
  }

  /** Those that read a Secret. */
  Stream<ConfigObject> readersOf(ObjectKey secret) {
    return all().filter(config -> config.reads(secret));
  }

  private Mirror<ConfigObject> mirror(ConfigKey key) {
    return switch (key.kind()) {
      case ProviderConfig -> namespaced;
      case ClusterProviderConfig -> cluster;
    };
  }

  private static Mirror.Watcher<ConfigObject> watcher(Consumer<ConfigKey> changed) {
    return (_, before, after) -> {
      boolean same =
          before.isPresent() && after.isPresent() && !after.get().wantsOtherThan(before.get());
      if (!same) {
        after.or(() -> before).ifPresent(config -> changed.accept(config.key()));
      }
    };
  }
}
