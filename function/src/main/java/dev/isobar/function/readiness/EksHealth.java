package dev.isobar.function.readiness;

import dev.isobar.apis.tree.Tree;
import java.util.List;
import java.util.Optional;

/**
 * Reads how a control plane of EKS is doing from the AWSManagedControlPlane. Its conditions are of
 * Cluster API's first contract: they do not say which generation they are of.
 */
public final class EksHealth {
  /** What must hold, in the order things happen; the provider's other conditions are not faults. */
  private static final List<String> PARTS =
      List.of(
          "VpcReady",
          "SubnetsReady",
          "InternetGatewayReady",
          "NatGatewaysReady",
          "RouteTablesReady",
          "VpcEndpointsReady",
          "ClusterSecurityGroupsReady",
          "IAMControlPlaneRolesReady",
          "EKSControlPlaneReady",
          "EKSIdentityProviderConfigured",
          "EKSAddonsConfigured",
          "IAMAuthenticatorConfigured");

  private static final String UPDATING = "EKSControlPlaneUpdating";
  private static final String BEGINNING = "EKS makes the control plane, which takes a while";

  private EksHealth() {}

  /**
   * The control plane.
   *
   * @param cluster the Cluster, whose controller tries the connection
   * @param stood whether it has been available once
   * @param raised that EKS has raised the version by itself, in words: where it does so because
   *     support ends, its provider does nothing more until it is told the same version
   */
  public static Health of(Tree controlPlane, Tree cluster, boolean stood, Optional<String> raised) {
    if (!controlPlane.exists()) {
      return new Health.Coming("the control plane is being created");
    }
    if (ClusterHealth.deleting(controlPlane)) {
      return new Health.Failing("the control plane is being deleted");
    }
    boolean initialized = ClusterHealth.initialized(controlPlane);
    boolean once = stood && initialized;
    boolean ready = controlPlane.at("status", "ready").truth().orElse(false);
    String trouble = trouble(controlPlane);
    if (!ready || !initialized) {
      String message = raised.orElse(trouble.isEmpty() ? BEGINNING : trouble);
      return once ? new Health.Failing(message) : new Health.Coming(message);
    }
    // What does not work besides the API is told, but takes nothing from who has it.
    Health said = once || trouble.isEmpty() ? new Health.Working() : new Health.Coming(trouble);
    return ClusterHealth.asReached(said, cluster, once);
  }

  /**
   * What the provider says does not work, the first cause first; empty when all does, and while it
   * updates the control plane, which breaks off what comes after it.
   */
  public static String trouble(Tree controlPlane) {
    Optional<String> failure = controlPlane.at("status", "failureMessage").text();
    boolean updating =
        ObservedCondition.of(controlPlane, UPDATING).filter(ObservedCondition::holds).isPresent();
    if (failure.isPresent() || updating) {
      return failure.orElse("");
    }
    return PARTS.stream()
        .flatMap(part ->
            ObservedCondition.of(controlPlane, part)
                .filter(condition -> condition.status().equals("False"))
                .map(condition -> part + ": " + words(condition))
                .stream())
        .findFirst()
        .or(() -> degraded(controlPlane))
        .orElse("");
  }

  private static String words(ObservedCondition condition) {
    return condition.message().isEmpty() ? condition.reason() : condition.message();
  }

  /** The first EKS add-on that does not work, in EKS's own words. */
  private static Optional<String> degraded(Tree controlPlane) {
    return controlPlane.at("status", "addons").items().stream()
        .filter(addon ->
            addon
                .at("status")
                .text()
                .filter(text -> text.matches(".*(FAILED|DEGRADED)"))
                .isPresent())
        .findFirst()
        .map(addon ->
            "EKS add-on "
                + addon.at("name").text().orElse("")
                + " is "
                + addon.at("status").text().orElse("")
                + addon.at("issues").items().stream()
                    .findFirst()
                    .flatMap(issue -> issue.at("message").text())
                    .map(message -> ": " + message)
                    .orElse(""));
  }
}
