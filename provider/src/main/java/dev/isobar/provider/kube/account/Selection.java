package dev.isobar.provider.kube.account;

import dev.isobar.apis.compute.LabelSelector;
import java.util.Map;

/** Whether labels are selected, as Kubernetes decides it. */
final class Selection {
  private Selection() {}

  static boolean selects(LabelSelector selector, Map<String, String> labels) {
    return labels.entrySet().containsAll(selector.matchLabels().entrySet())
        && selector.matchExpressions().stream().allMatch(one -> holds(one, labels));
  }

  private static boolean holds(LabelSelector.Expression one, Map<String, String> labels) {
    String value = labels.get(one.key());
    return switch (one.operator()) {
      case In -> value != null && one.values().contains(value);
      case NotIn -> value == null || !one.values().contains(value);
      case Exists -> value != null;
      case DoesNotExist -> value == null;
    };
  }
}
