package dev.isobar.provider.kube.clusterapi;

import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.clusterapi.NodeView;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.kube.api.ApiAnswer;
import dev.isobar.provider.kube.api.ApiObject;
import dev.isobar.provider.kube.api.Cluster;
import dev.isobar.provider.kube.api.ForeignKubeconfig;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.kube.api.ObjectApi;
import dev.isobar.provider.operate.Diary;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Workload clusters, reached by the kubeconfig that Cluster API keeps for each. One listing of a
 * cluster's nodes serves all its machines for some seconds, and those at rest for longer, because
 * each of a thousand is looked at in another moment. A cluster is worked on by one thread at a
 * time, and one that does not answer is not asked again for a while.
 */
final class Workloads implements AutoCloseable {
  private static final Diary LOG = Diary.of(Workloads.class);
  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final Duration FRESH_AT_REST = Duration.ofSeconds(30);
  private static final Duration REST = Duration.ofSeconds(30);

  /** What was seen of a machine's node. */
  sealed interface Sight {
    /**
     * The cluster answered.
     *
     * @param node empty when it has no such node
     * @param operator what the GPU Operator says of itself while nodes are kept from pods; empty
     *     when all is well
     */
    record Seen(Optional<NodeView> node, String operator) implements Sight {}

    /**
     * It did not, or nobody knows the way.
     *
     * @param time since the first time that this was so
     */
    record Unreachable(String why, Duration time) implements Sight {}
  }

  /** A way into a cluster, and what was seen there last. */
  private static final class Way {
    private final String version;
    private final Cluster cluster;
    private Map<String, NodeView> nodes = new HashMap<>();
    private String operator = "";
    private Instant seen = Instant.MIN;
    private Instant checked = Instant.MIN;
    private Instant restUntil = Instant.MIN;
    private String trouble = "";

    Way(String version, Cluster cluster) {
      this.version = version;
      this.cluster = cluster;
    }
  }

  private final Map<ObjectKey, Way> ways = new ConcurrentHashMap<>();

  /** Since when clusters are silent. */
  private final Map<ObjectKey, Instant> silences = new ConcurrentHashMap<>();

  private final ObjectApi management;
  private final InstantSource clock;

  Workloads(ObjectApi management, InstantSource clock) {
    this.management = management;
    this.clock = clock;
  }

  /**
   * The node of a machine.
   *
   * @param rests whether its GPUs were as planned when they were looked at last
   */
  Sight node(ObjectKey cluster, String providerId, boolean rests) {
    var trouble = new ArrayList<String>();
    Way way = way(cluster, trouble);
    if (way == null) {
      return silent(cluster, String.join(", ", trouble));
    }
    synchronized (way) {
      Instant now = clock.instant();
      if (now.isBefore(way.restUntil)) {
        return silent(cluster, way.trouble);
      }
      if (way.seen.plus(rests ? FRESH_AT_REST : FRESH).isBefore(now)) {
        Optional<String> failed = list(way, now);
        if (failed.isPresent()) {
          way.trouble = "the cluster's API does not answer: " + failed.get();
          way.restUntil = now.plus(REST);
          return silent(cluster, way.trouble);
        }
      }
      var _ = silences.remove(cluster);
      return new Sight.Seen(Optional.ofNullable(way.nodes.get(providerId)), way.operator);
    }
  }

  private Sight silent(ObjectKey cluster, String why) {
    Instant now = clock.instant();
    Instant since = silences.computeIfAbsent(cluster, _ -> now);
    return new Sight.Unreachable(why, Duration.between(since, now));
  }

  private static Optional<String> list(Way way, Instant now) {
    Map<String, NodeView> nodes = new HashMap<>();
    Optional<String> failed =
        way.cluster
            .objects()
            .each(
                KubernetesKind.NODE,
                object -> {
                  NodeView node = view(object);
                  if (!node.providerId().isEmpty()) {
                    nodes.put(node.providerId(), node);
                  }
                });
    if (failed.isEmpty()) {
      way.nodes = nodes;
      way.operator =
          nodes.values().stream().anyMatch(NodeView::held)
              ? OperatorState.of(way.cluster.objects())
              : "";
      way.seen = now;
    }
    return failed;
  }

  private static NodeView view(ApiObject object) {
    return NodeView.of(
        object.key().name(), object.resourceVersion(), object.labels(), object.content());
  }

  /**
   * Keeps pods off a node, or lets them onto it.
   *
   * @return why that failed
   */
  Optional<String> hold(ObjectKey cluster, NodeView node, boolean off) {
    if (node.held() == off) {
      return Optional.empty();
    }
    Way way = ways.get(cluster);
    if (way == null) {
      return Optional.of("its cluster was forgotten");
    }
    LOG.info(
        off ? "Keeping pods off a node" : "Letting pods onto a node",
        "cluster",
        cluster,
        "node",
        node.name());
    ApiAnswer reply =
        way.cluster
            .objects()
            .merge(
                KubernetesKind.NODE,
                new ObjectKey("", node.name()),
                Map.of(
                    "metadata",
                    Map.of("resourceVersion", node.resourceVersion()),
                    "spec",
                    Map.of("taints", taints(node, off))));
    synchronized (way) {
      if (reply instanceof ApiAnswer.Current(var object)) {
        way.nodes.put(node.providerId(), view(object)); // a thousand that join are not listed anew
      } else {
        way.seen = Instant.MIN;
      }
    }
    return switch (reply) {
      case ApiAnswer.Current _ -> Optional.empty();
      case ApiAnswer.Missing() -> Optional.of("the node is gone");
      case ApiAnswer.Conflict() -> Optional.of("somebody else changed the node at the same time");
      case ApiAnswer.Forbidden(var why) -> Optional.of(why);
      case ApiAnswer.Unavailable(var why) -> Optional.of(why);
    };
  }

  private static List<Object> taints(NodeView node, boolean off) {
    Stream<Object> others =
        node.taints().stream()
            .filter(taint -> !NodeView.NOT_READY.equals(taint.at("key").text().orElse("")))
            .map(Tree::plain);
    Map<String, Object> ours = Map.of("key", NodeView.NOT_READY, "effect", "NoSchedule");
    return (off ? Stream.concat(others, Stream.of(ours)) : others).toList();
  }

  /** Nothing more is asked of it. */
  void forget(ObjectKey cluster) {
    var _ = silences.remove(cluster);
    leave(cluster);
  }

  private void leave(ObjectKey cluster) {
    Way way = ways.remove(cluster);
    if (way != null) {
      way.cluster.close();
    }
  }

  /** The kubeconfig is read as often as nodes are listed, not for every machine. */
  private @Nullable Way way(ObjectKey cluster, List<String> trouble) {
    Instant now = clock.instant();
    Way recent = ways.get(cluster);
    if (recent != null && now.isBefore(recent.checked.plus(FRESH))) {
      return recent;
    }
    Way way = asked(cluster, trouble);
    if (way != null) {
      way.checked = now;
    }
    return way;
  }

  /** A way that was open leads there still when the management cluster does not answer. */
  private @Nullable Way asked(ObjectKey cluster, List<String> trouble) {
    var key = new ObjectKey(cluster.namespace(), cluster.name() + "-kubeconfig");
    return switch (management.get(KubernetesKind.SECRET, key)) {
      case ApiAnswer.Current(var secret) -> {
        Way known = ways.get(cluster);
        if (known != null && known.version.equals(secret.resourceVersion())) {
          yield known;
        }
        leave(cluster);
        yield opened(cluster, secret, trouble);
      }
      case ApiAnswer.Missing(), ApiAnswer.Conflict() -> none(trouble, "Secret " + key + " is gone");
      case ApiAnswer.Forbidden(var why) -> none(trouble, unread(key, why));
      case ApiAnswer.Unavailable(var why) -> {
        Way known = ways.get(cluster);
        yield known != null ? known : none(trouble, unread(key, why));
      }
    };
  }

  private static String unread(ObjectKey secret, String why) {
    return "Secret " + secret + " cannot be read: " + why;
  }

  private @Nullable Way opened(ObjectKey cluster, ApiObject secret, List<String> trouble) {
    Optional<String> text =
        secret
            .content()
            .at("data", "value")
            .text()
            .map(data -> new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8));
    if (text.isEmpty()) {
      return none(trouble, "Secret " + secret.key() + " has no key value");
    }
    try {
      var way =
          new Way(secret.resourceVersion(), Cluster.reach(text.get(), "provider-isobar", PATIENCE));
      ways.put(cluster, way);
      return way;
    } catch (ForeignKubeconfig.Unsafe unsafe) {
      return none(trouble, "Secret " + secret.key() + " " + unsafe.getMessage());
    } catch (RuntimeException unreadable) {
      LOG.debug("Cannot read a kubeconfig", "secret", secret.key(), "problem", unreadable);
      return none(trouble, "Secret " + secret.key() + " holds no kubeconfig");
    }
  }

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static @Nullable Way none(List<String> trouble, String why) {
    trouble.add(why);
    return null;
  }

  @Override
  public void close() {
    List.copyOf(ways.keySet()).forEach(this::leave);
  }
}
