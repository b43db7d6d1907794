package dev.isobar.function.readiness;

import dev.isobar.apis.tree.Tree;
import java.util.List;

/**
 * What an earlier spec of a profile left behind. Sveltos fills in fields of its own, so only those
 * that a profile of ours may have are looked for.
 */
final class ProfileRemains {
  private static final List<String> SPEC =
      List.of("dependsOn", "helmCharts", "policyRefs", "templateResourceRefs", "validateHealths");

  private static final List<String> CHART = List.of("values", "valuesFrom");

  private static final List<String> HEALTH = List.of("labelFilters", "namespace");

  private ProfileRemains() {}

  /** Whether there is nothing in the spec as Sveltos has it that is not wanted any more. */
  static boolean none(Tree seen, Tree wanted) {
    return without(seen, wanted, SPEC)
        && elements(seen.at("helmCharts"), wanted.at("helmCharts"), CHART)
        && elements(seen.at("validateHealths"), wanted.at("validateHealths"), HEALTH)
        && options(seen.at("helmCharts").items(), wanted.at("helmCharts").items())
        && leaves(seen) == leaves(wanted);
  }

  private static boolean without(Tree seen, Tree wanted, List<String> fields) {
    return fields.stream().allMatch(field -> wanted.at(field).exists() || nothing(seen.at(field)));
  }

  private static boolean nothing(Tree field) {
    return field.items().isEmpty() && field.text().filter(text -> !text.isEmpty()).isEmpty();
  }

  private static boolean elements(Tree seen, Tree wanted, List<String> fields) {
    List<Tree> one = seen.items();
    List<Tree> other = wanted.items();
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      if (!without(one.get(i), other.get(i), fields)) {
        return false;
      }
    }
    return true;
  }

  private static boolean options(List<Tree> seen, List<Tree> wanted) {
    for (int i = 0; i < Math.min(seen.size(), wanted.size()); i++) {
      if (upgradesCrds(seen.get(i)) != upgradesCrds(wanted.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean upgradesCrds(Tree chart) {
    return chart.at("options", "upgradeOptions", "upgradeCRDs").truth().orElse(false);
  }

  /** The schema writes the default where nothing is wanted. */
  private static boolean leaves(Tree spec) {
    return spec.at("stopMatchingBehavior").text().filter("LeavePolicies"::equals).isPresent();
  }
}
