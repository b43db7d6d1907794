package dev.isobar.provider.kube.api;

import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.operate.Diary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * Waits until kinds are served: Crossplane's safe start, where a kind appears when somebody
 * activates it. What was once open stays open.
 */
public final class KindGate {
  private static final Diary LOG = Diary.of(KindGate.class);

  private final ObjectApi api;

  /** A gate that asks this API server. */
  public KindGate(ObjectApi api) {
    this.api = api;
  }

  /**
   * Waits until all of these are established. Goes on at once where the account may not look at
   * definitions, because then nobody can tell.
   */
  public void await(List<KubernetesKind> kinds) throws InterruptedException {
    boolean mayLook =
        Stream.of("get", "list", "watch")
            .allMatch(verb -> api.may(verb, KubernetesKind.DEFINITION));
    if (!mayLook) {
      LOG.info("Starting without a look at definitions, because the account may not see them");
      return;
    }
    List<Watching> watches = new ArrayList<>();
    try {
      var open = new CountDownLatch(kinds.size());
      for (KubernetesKind kind : kinds) {
        watches.add(watch(kind, new Latch(kind, open)));
      }
      open.await();
    } finally {
      watches.forEach(Watching::close);
    }
  }

  private Watching watch(KubernetesKind kind, Latch latch) {
    var mirror = new Mirror<Boolean>(object -> Optional.of(serves(object, kind)), latch);
    return api.watch(KubernetesKind.DEFINITION, new ObjectKey("", kind.definition()), mirror);
  }

  private static boolean serves(ApiObject definition, KubernetesKind kind) {
    boolean established =
        definition.content().at("status", "conditions").items().stream()
            .anyMatch(one -> has(one.at("type"), "Established") && has(one.at("status"), "True"));
    boolean served =
        definition.content().at("spec", "versions").items().stream()
            .anyMatch(one ->
                has(one.at("name"), kind.version()) && one.at("served").truth().orElse(false));
    return established && served && definition.deletedAt().isEmpty();
  }

  private static boolean has(Tree tree, String text) {
    return tree.text().filter(text::equals).isPresent();
  }

  /** Counts its kind down, once. */
  private static final class Latch implements Mirror.Watcher<Boolean> {
    private final KubernetesKind kind;
    private final CountDownLatch open;
    private boolean counted;

    Latch(KubernetesKind kind, CountDownLatch open) {
      this.kind = kind;
      this.open = open;
    }

    @Override
    public synchronized void changed(
        ObjectKey key, Optional<Boolean> before, Optional<Boolean> after) {
      if (after.orElse(false) && !counted) {
        counted = true;
        LOG.info("Seeing a kind that is served", "kind", kind);
        open.countDown();
      }
    }
  }
}
