package dev.isobar.function.compose;

import dev.isobar.apis.compute.LoadBalancer;
import dev.isobar.apis.decode.Mistake;
import dev.isobar.apis.schema.Cidr;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.contract.Answer;
import dev.isobar.function.contract.Condition;
import dev.isobar.function.contract.Condition.Status;
import dev.isobar.function.contract.Request;
import dev.isobar.function.contract.Requirement;
import dev.isobar.function.readiness.ObservedCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Whether the claim can be had as it is written. Core tells a fatal result only to the composite,
 * so this condition tells the claim, whose author must act.
 */
final class Acceptance {
  static final String TYPE = "Accepted";

  /** Reason: the API is closed to all but a list, and the settings do not add ourselves to it. */
  static final String MANAGEMENT_CIDRS_UNKNOWN = "ManagementCidrsUnknown";

  private static final String KNOCKING =
      "the claim can be had as it is written, but the cluster becomes ready only if"
          + " spec.network.api.allowedCidrs has the addresses the management cluster comes from,"
          + " because Cluster API and Sveltos work through the API; the platform team can add them"
          + " to all such lists by managementCidrs of the settings";

  private static final int LONGEST = 1000;

  /** Load balancers that can keep addresses out. */
  private static final Set<LoadBalancer> CLOSING = Set.of(LoadBalancer.Amphora, LoadBalancer.NLB);

  /** Types that core writes itself. */
  private static final Set<String> OF_CORE =
      Set.of("Ready", "Synced", "Healthy", "UpToDate", "Responsive");

  private Acceptance() {}

  /** Accepts the claim; with a word on who else must reach the API where others are kept out. */
  static Condition accepted(ClusterPlan plan) {
    boolean silent =
        CLOSING.contains(plan.controlPlane().loadBalancer())
            && !plan.spec().network().api().allowedCidrs().isEmpty()
            && plan.spec().network().api().allowedCidrs().stream().noneMatch(Acceptance::all)
            && plan.managementCidrs().isEmpty();
    return silent
        ? new Condition(TYPE, Status.TRUE, MANAGEMENT_CIDRS_UNKNOWN, KNOCKING)
        : new Condition(TYPE, Status.TRUE, "Valid", "the claim can be had as it is written");
  }

  private static boolean all(Cidr range) {
    return range.prefix() == 0;
  }

  /** Refuses the claim; what other conditions said stays, for nothing has changed. */
  static Answer refused(Request request, List<Mistake> mistakes, List<Requirement> requirements) {
    List<Condition> conditions = new ArrayList<>();
    String message = Mistake.sentences(mistakes);
    conditions.add(
        new Condition(
            TYPE,
            Status.FALSE,
            "InvalidConfiguration",
            message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "..."));
    request.composite().at("status", "conditions").items().stream()
        .flatMap(condition -> condition.at("type").text().stream())
        .filter(type -> !OF_CORE.contains(type) && !type.equals(TYPE))
        .forEach(type ->
            ObservedCondition.of(request.composite(), type)
                .ifPresent(before -> conditions.add(before.again(type))));
    return new Answer.Rejected(mistakes, conditions, requirements);
  }
}
