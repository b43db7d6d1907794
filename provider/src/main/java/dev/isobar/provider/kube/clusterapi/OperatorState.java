package dev.isobar.provider.kube.clusterapi;

import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.kube.api.ApiObject;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.kube.api.ObjectApi;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What NVIDIA's GPU Operator says of itself in a workload cluster, in its ClusterPolicy. Of several
 * it follows the oldest, and says of the others that they are ignored.
 */
final class OperatorState {
  private static final KubernetesKind POLICY =
      new KubernetesKind("nvidia.com", "v1", "ClusterPolicy", "clusterpolicies", false);

  /** Somebody else's words, which a condition shall not drown in. */
  private static final int MOST_WORDS = 400;

  private OperatorState() {}

  /** In words; empty when all is well, or nobody can see it. */
  static String of(ObjectApi cluster) {
    List<ApiObject> policies = new ArrayList<>();
    Optional<String> unseen =
        cluster.eachServed(
            POLICY,
            policy -> {
              if (!state(policy).equals("ignored")) {
                policies.add(policy);
              }
            });
    if (unseen.isPresent()) {
      return "";
    }
    return policies.isEmpty()
        ? "the cluster has no ClusterPolicy, so the GPU Operator is not installed there"
        : policies.stream()
            .map(OperatorState::words)
            .filter(words -> !words.isEmpty())
            .collect(Collectors.joining(", "));
  }

  private static String state(ApiObject policy) {
    return policy.content().at("status", "state").text().orElse("");
  }

  private static String words(ApiObject policy) {
    List<Tree> conditions = policy.content().at("status", "conditions").items();
    Optional<String> why =
        detail(conditions, "Error", "True").or(() -> detail(conditions, "Ready", "False"));
    String state = state(policy);
    if (state.equals("ready") && why.isEmpty()) {
      return "";
    }
    return "ClusterPolicy %s is %s%s"
        .formatted(
            policy.key().name(),
            state.isEmpty() ? "not looked at by the GPU Operator yet" : state,
            why.map(" (%s)"::formatted).orElse(""));
  }

  private static Optional<String> detail(List<Tree> conditions, String type, String status) {
    return conditions.stream()
        .filter(one -> one.at("type").text().filter(type::equals).isPresent())
        .filter(one -> one.at("status").text().filter(status::equals).isPresent())
        .findFirst()
        .map(one -> one.at("reason").text().orElse("") + ": " + one.at("message").text().orElse(""))
        .map(words -> words.length() > MOST_WORDS ? words.substring(0, MOST_WORDS) + "…" : words);
  }
}
