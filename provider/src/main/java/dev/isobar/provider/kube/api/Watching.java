package dev.isobar.provider.kube.api;

import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.operate.Diary;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A watch that fills a mirror until it is closed; it goes on for ever, whatever breaks. */
public final class Watching implements AutoCloseable {
  private static final Diary LOG = Diary.of(Watching.class);

  private final SharedIndexInformer<GenericKubernetesResource> informer;
  private final CompletableFuture<Void> first;

  private Watching(
      SharedIndexInformer<GenericKubernetesResource> informer, CompletableFuture<Void> first) {
    this.informer = informer;
    this.first = first;
  }

  static Watching start(
      SharedIndexInformer<GenericKubernetesResource> informer,
      KubernetesKind kind,
      Mirror<?> mirror) {
    var _ = informer.removeNamespaceIndex();
    var _ = informer.itemStore(new Shells(kind, mirror));
    var _ =
        informer.exceptionHandler((_, cause) -> {
          LOG.warning("Watching again after a failure", "kind", kind, "problem", cause);
          return true;
        });
    return new Watching(informer, informer.start().toCompletableFuture());
  }

  /** Whether everything that was there at the beginning has been shown. */
  public boolean synced() {
    return informer.hasSynced();
  }

  /** Waits until it is so, or the time is over. */
  public boolean awaitSync(Duration limit) {
    try {
      var _ = first.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException failed) {
      throw new IllegalStateException("a watch ended that never ends", failed);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    informer.stop();
  }

  /**
   * What the informer takes for its store: everything goes into the mirror at once, and what it
   * asks back is a shell with name and version, which is all it compares.
   */
  private static final class Shells implements ItemStore<GenericKubernetesResource> {
    private final KubernetesKind kind;
    private final Mirror<?> mirror;

    Shells(KubernetesKind kind, Mirror<?> mirror) {
      this.kind = kind;
      this.mirror = mirror;
    }

    @Override
    public String getKey(GenericKubernetesResource resource) {
      return Cache.metaNamespaceKeyFunc(resource);
    }

    @Override
    public @Nullable GenericKubernetesResource put(String key, GenericKubernetesResource resource) {
      ApiObject object = ObjectApi.object(resource);
      return shell(object.key(), mirror.show(object));
    }

    @Override
    public @Nullable GenericKubernetesResource remove(String key) {
      ObjectKey name = name(key);
      return shell(name, mirror.hide(name));
    }

    @Override
    public Stream<String> keySet() {
      return mirror.keys().stream().map(Shells::text);
    }

    @Override
    public Stream<GenericKubernetesResource> values() {
      return mirror.keys().stream()
          .flatMap(key -> Stream.ofNullable(shell(key, mirror.version(key))));
    }

    @Override
    public int size() {
      return mirror.size();
    }

    @Override
    public @Nullable GenericKubernetesResource get(String key) {
      ObjectKey name = name(key);
      return shell(name, mirror.version(name));
    }

    @Override
    public boolean isFullState() {
      return false;
    }

    private @Nullable GenericKubernetesResource shell(ObjectKey key, @Nullable String version) {
      if (version == null) {
        return null;
      }
      var metadata = new ObjectMeta();
      metadata.setName(key.name());
      metadata.setNamespace(key.namespace().isEmpty() ? null : key.namespace());
      metadata.setResourceVersion(version);
      var shell = new GenericKubernetesResource();
      shell.setApiVersion(kind.apiVersion());
      shell.setKind(kind.kind());
      shell.setMetadata(metadata);
      return shell;
    }

    private static String text(ObjectKey key) {
      return key.namespace().isEmpty() ? key.name() : key.toString();
    }

    private static ObjectKey name(String key) {
      int slash = key.indexOf('/');
      return slash < 0
          ? new ObjectKey("", key)
          : new ObjectKey(key.substring(0, slash), key.substring(slash + 1));
    }
  }
}
