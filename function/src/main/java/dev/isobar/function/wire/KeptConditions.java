package dev.isobar.function.wire;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.wire.proto.Fn;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The conditions that a composite has already, said again.
 *
 * <p>After a fatal result core sets every condition that the pipeline did not mention to Unknown.
 * When we could not even look at the composite, that would wipe out what is known about a healthy
 * cluster, so such an answer repeats them.
 */
final class KeptConditions {
  /** Core writes these itself and ignores them in answers. */
  private static final Set<String> OF_CORE =
      Set.of("Ready", "Synced", "Healthy", "UpToDate", "Responsive");

  private KeptConditions() {}

  static List<Fn.Condition> of(Tree composite) {
    Set<String> onClaim =
        composite.at("status", "claimConditionTypes").items().stream()
            .flatMap(type -> type.text().stream())
            .collect(Collectors.toUnmodifiableSet());
    return composite.at("status", "conditions").items().stream()
        .filter(
            condition -> !word(condition, "type").isEmpty() && !word(condition, "reason").isEmpty())
        .filter(condition -> !OF_CORE.contains(word(condition, "type")))
        .map(condition -> again(condition, onClaim.contains(word(condition, "type"))))
        .toList();
  }

  private static Fn.Condition again(Tree condition, boolean onClaim) {
    return Fn.Condition.newBuilder()
        .setType(word(condition, "type"))
        .setStatus(
            switch (word(condition, "status")) {
              case "True" -> Fn.Status.STATUS_CONDITION_TRUE;
              case "False" -> Fn.Status.STATUS_CONDITION_FALSE;
              default -> Fn.Status.STATUS_CONDITION_UNKNOWN;
            })
        .setReason(word(condition, "reason"))
        .setMessage(word(condition, "message"))
        .setTarget(onClaim ? Fn.Target.TARGET_COMPOSITE_AND_CLAIM : Fn.Target.TARGET_COMPOSITE)
        .build();
  }

  private static String word(Tree condition, String field) {
    return condition.at(field).text().orElse("");
  }
}
