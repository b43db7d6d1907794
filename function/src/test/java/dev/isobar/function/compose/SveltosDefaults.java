package dev.isobar.function.compose;

import dev.isobar.apis.tree.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the schema of profiles and Sveltos itself write into a spec. */
public final class SveltosDefaults {
  private static final String SPEC =
      """
      syncMode: Continuous
      tier: 100
      continueOnConflict: false
      continueOnError: false
      reloader: false
      stopMatchingBehavior: WithdrawPolicies
      """;
  private static final String CHART =
      """
      helmChartAction: Install
      options:
        installOptions: {createNamespace: true, replace: true}
        upgradeOptions: {maxHistory: 2}
      """;
  private static final String REFERENCE = "{deploymentType: Remote, tier: 100, optional: false}";

  private SveltosDefaults() {}

  /** The spec of a profile as a ClusterSummary repeats it. */
  public static Map<String, Object> filledIn(Tree spec) {
    Map<String, Object> filled =
        new LinkedHashMap<>(Manifest.merged(Manifest.of(SPEC), Manifest.object(spec.plain())));
    items(filled, spec.at("helmCharts"), "helmCharts", CHART);
    items(filled, spec.at("policyRefs"), "policyRefs", REFERENCE);
    return filled;
  }

  private static void items(Map<String, Object> spec, Tree list, String field, String defaults) {
    List<Object> items = new ArrayList<>();
    for (Tree item : list.items()) {
      items.add(Manifest.merged(Manifest.of(defaults), Manifest.object(item.plain())));
    }
    if (!items.isEmpty()) {
      spec.put(field, items);
    }
  }
}
