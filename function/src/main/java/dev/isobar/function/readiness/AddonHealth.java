package dev.isobar.function.readiness;

import dev.isobar.apis.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads how an add-on is doing from Sveltos' ClusterSummary. A profile's own status shows neither
 * failure nor success, and a ClusterSummary keeps saying Provisioned of an earlier spec until
 * Sveltos has looked, so its spec is compared.
 */
public final class AddonHealth {
  /**
   * How a message begins that only says that what was installed has not come up yet; Sveltos calls
   * it a failure.
   */
  private static final String HEALTH_CHECK = "health check ";

  /** Of an add-on that Sveltos has no ClusterSummary of, though the cluster is there. */
  public static final Health UNSEEN =
      new Health.Coming("waits for Sveltos, which has not looked at it yet");

  /** Of an add-on on its way into a cluster whose API nobody reaches; Sveltos says nothing then. */
  public static final Health UNREACHED =
      new Health.Coming("waits until the Kubernetes API is reached again");

  private AddonHealth() {}

  /**
   * The health of an add-on.
   *
   * @param summary its ClusterSummary, absent when there is none yet
   * @param wanted the spec of its profile as it shall be
   */
  public static Health of(Tree summary, Map<?, ?> wanted) {
    if (!summary.exists()) {
      return new Health.Coming("waits for the control plane");
    }
    if (ClusterHealth.deleting(summary)) {
      return new Health.Coming("is still being removed, and comes anew afterwards");
    }
    Optional<String> failure = failure(summary);
    if (!taken(summary, wanted)) {
      return new Health.Coming("is being updated");
    }
    if (failure.isPresent()) {
      return failure.get().startsWith(HEALTH_CHECK)
          ? new Health.Coming("is installed, but not healthy yet: " + failure.get())
          : new Health.Failing(failure.get());
    }
    List<String> missing = new ArrayList<>();
    feature(summary, "Helm", wanted.containsKey("helmCharts")).ifPresent(missing::add);
    feature(summary, "Resources", wanted.containsKey("policyRefs")).ifPresent(missing::add);
    if (missing.isEmpty()) {
      return new Health.Working();
    }
    String waiting =
        summary
            .at("status", "dependencies")
            .text()
            .filter(text -> text.contains("not fully deployed"))
            .map(text -> "waits for another add-on: " + oneLine(text))
            .orElse("is being deployed");
    return new Health.Coming(waiting);
  }

  /**
   * Whether the chart of an add-on is in the cluster with the values it shall have, whatever became
   * of what it installed: Sveltos looks at health only after the release.
   *
   * @param summary its ClusterSummary, absent when there is none yet
   * @param wanted the spec of its profile as it shall be
   */
  public static boolean delivered(Tree summary, Map<?, ?> wanted) {
    return taken(summary, wanted) && delivered(summary);
  }

  /**
   * Whether the chart of an add-on is in the cluster with the values Sveltos took last.
   *
   * @param summary its ClusterSummary, absent when there is none yet
   */
  public static boolean delivered(Tree summary) {
    return feature(summary, "Helm", true)
        .map(_ -> failure(summary).filter(text -> text.startsWith(HEALTH_CHECK)).isPresent())
        .orElse(true);
  }

  /**
   * Whether Sveltos has taken over the spec: it has everything that is wanted, and nothing that was
   * wanted before.
   */
  private static boolean taken(Tree summary, Map<?, ?> wanted) {
    Tree seen = summary.at("spec", "clusterProfileSpec");
    return Containment.holds(seen, wanted) && ProfileRemains.none(seen, Tree.of(wanted));
  }

  /** What is not deployed yet of a feature that is wanted. */
  private static Optional<String> feature(Tree summary, String feature, boolean wanted) {
    Optional<Tree> seen =
        summary.at("status", "featureSummaries").items().stream()
            .filter(entry -> entry.at("featureID").text().filter(feature::equals).isPresent())
            .findFirst();
    boolean provisioned =
        seen.flatMap(entry -> entry.at("status").text()).filter("Provisioned"::equals).isPresent();
    return provisioned || (seen.isEmpty() && !wanted) ? Optional.empty() : Optional.of(feature);
  }

  private static Optional<String> failure(Tree summary) {
    for (Tree release : summary.at("status", "helmReleaseSummaries").items()) {
      if (release.at("status").text().filter("Conflict"::equals).isPresent()) {
        return Optional.of(
            "release "
                + release.at("releaseName").text().orElse("")
                + " conflicts: "
                + oneLine(
                    release.at("conflictMessage").text().orElse("another profile manages it")));
      }
    }
    for (Tree feature : summary.at("status", "featureSummaries").items()) {
      Optional<String> message =
          feature.at("failureMessage").text().filter(text -> !text.isEmpty());
      if (failed(feature)) {
        return Optional.of(message.map(AddonHealth::oneLine).orElse("Sveltos gives no reason"));
      }
    }
    return Optional.empty();
  }

  /**
   * Between two tries Sveltos says Provisioning, but goes on counting failures: what failed has not
   * been mended by that.
   */
  private static boolean failed(Tree feature) {
    String status = feature.at("status").text().orElse("");
    boolean again =
        feature.at("consecutiveFailures").whole().filter(count -> count > 0).isPresent();
    return status.startsWith("Failed") || (again && status.equals("Provisioning"));
  }

  private static String oneLine(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= 400 ? line : line.substring(0, 400) + "...";
  }
}
