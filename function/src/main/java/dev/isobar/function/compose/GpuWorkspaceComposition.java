package dev.isobar.function.compose;

import dev.isobar.apis.decode.Decoded;
import dev.isobar.apis.decode.Decoder;
import dev.isobar.apis.decode.Mistake;
import dev.isobar.apis.settings.Settings;
import dev.isobar.apis.tree.Tree;
import dev.isobar.apis.workspace.GpuWorkspaceSpec;
import dev.isobar.function.compose.capi.UserDataLimit;
import dev.isobar.function.compose.plan.Mistakes;
import dev.isobar.function.compose.plan.ObservedCluster;
import dev.isobar.function.compose.workspace.WorkspaceId;
import dev.isobar.function.compose.workspace.WorkspacePlan;
import dev.isobar.function.compose.workspace.WorkspacePlanner;
import dev.isobar.function.contract.Answer;
import dev.isobar.function.contract.Composition;
import dev.isobar.function.contract.Condition;
import dev.isobar.function.contract.Ready;
import dev.isobar.function.contract.Request;
import dev.isobar.function.contract.Requirement;
import dev.isobar.function.contract.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Expands a GpuWorkspace: identify, require, read, find its cluster, plan, expand, judge, report.
 */
public final class GpuWorkspaceComposition implements Composition {
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([-a-z0-9]{0," + (WorkspaceId.LONGEST - 2) + "}[a-z0-9])?");

  private static final Duration SETTLED = Duration.ofMinutes(10);
  private static final Duration MOVING = Duration.ofMinutes(1);

  /** Made for the first workspace and not before, because that takes a while. */
  private static final class Reading {
    static final Decoder<GpuWorkspaceSpec> SPEC =
        Decoder.of(GpuWorkspaceSpec.class).ignoring(PlatformClusterComposition.OF_CORE);
  }

  @Override
  public Answer compose(Request request) {
    List<Mistake> unreadable = MetadataChecks.mistakes(request.composite());
    if (!unreadable.isEmpty()) {
      return Acceptance.refused(request, unreadable, List.of());
    }
    Optional<WorkspaceId> id = WorkspaceId.of(request.composite());
    if (id.isEmpty()) {
      return Acceptance.refused(request, List.of(unclaimed()), List.of());
    }
    if (!NAME.matcher(id.get().claim()).matches()) {
      return Acceptance.refused(request, List.of(unusable(id.get().claim())), List.of());
    }
    var lookup = new ClusterLookup(id.get(), request);
    List<Requirement> requirements = lookup.requirements();
    var mistakes = new Mistakes();
    Optional<GpuWorkspaceSpec> spec = spec(request.composite(), mistakes);
    Optional<Settings> settings = SettingsReading.read(request.input(), mistakes);
    if (!mistakes.none() || spec.isEmpty() || settings.isEmpty()) {
      return Acceptance.refused(request, mistakes.all(), requirements);
    }
    if (!requirements.stream().allMatch(one -> request.required().containsKey(one.name()))) {
      return new Answer.Unresolved(requirements);
    }
    Optional<FoundCluster> cluster = lookup.find(mistakes);
    if (cluster.isEmpty()) {
      return Acceptance.refused(request, mistakes.all(), requirements);
    }
    if (!cluster.get().begun()) {
      return waiting(id.get(), request, cluster.get(), requirements);
    }
    return switch (plan(id.get(), spec.get(), settings.get(), cluster.get(), request)) {
      case WorkspacePlanner.Outcome.Refused(var found) ->
          Acceptance.refused(request, found, requirements);
      case WorkspacePlanner.Outcome.Planned(var plan) ->
          answer(plan, cluster.get(), request, requirements);
    };
  }

  private static WorkspacePlanner.Outcome plan(
      WorkspaceId id,
      GpuWorkspaceSpec spec,
      Settings settings,
      FoundCluster cluster,
      Request request) {
    return WorkspacePlanner.plan(
        id,
        spec,
        cluster.id(),
        cluster.spec(),
        cluster.status(),
        cluster.cloud(),
        settings,
        cluster.beside(request.observed()),
        cluster.workspaces(),
        request.composite().at("status"));
  }

  /** What must not be made again if it is there already is not touched at all. */
  private static Answer waiting(
      WorkspaceId id, Request request, FoundCluster cluster, List<Requirement> requirements) {
    var report = new WaitingReport(id, cluster);
    boolean begun =
        request.observed().keySet().stream().anyMatch(key -> !key.equals(ClusterUsage.KEY));
    if (begun) {
      return Acceptance.refused(request, List.of(report.mistake()), requirements);
    }
    var resources = new TreeMap<String, Resource>();
    resources.put(
        ClusterUsage.KEY,
        new Resource(
            ClusterUsage.of(id, cluster.id()),
            request.observed().isEmpty() ? Ready.FALSE : Ready.TRUE));
    List<Condition> conditions = report.conditions();
    return new Answer.Composed(
        resources,
        report.status(),
        Ready.FALSE,
        conditions,
        Transitions.events(request.composite(), conditions),
        requirements,
        MOVING);
  }

  private static Answer answer(
      WorkspacePlan plan, FoundCluster cluster, Request request, List<Requirement> requirements) {
    ObservedCluster observed = cluster.beside(request.observed());
    Desired desired = WorkspaceDesired.of(plan, observed, cluster.summaries());
    var mistakes = new Mistakes();
    UserDataLimit.check(plan.nodes(), desired.objects(), mistakes);
    if (!mistakes.none()) {
      return Acceptance.refused(request, mistakes.all(), requirements);
    }
    WorkspaceHealth health =
        WorkspaceHealth.of(plan, desired, observed, cluster.summaries(), request.composite());
    var said =
        new WorkspaceConditions(plan, cluster, observed, desired, health, request.composite());
    List<Condition> conditions = said.all();
    boolean settled = health.settled() && desired.settled() && desired.held().isEmpty();
    return new Answer.Composed(
        resources(desired, health, observed),
        new WorkspaceReport(
                plan, desired, observed, health, conditions, said.changing(), request.composite())
            .status(),
        health.ready() ? Ready.TRUE : Ready.FALSE,
        conditions,
        Transitions.events(request.composite(), conditions),
        requirements,
        settled ? SETTLED : MOVING);
  }

  private static SortedMap<String, Resource> resources(
      Desired desired, WorkspaceHealth health, ObservedCluster observed) {
    var resources = new TreeMap<String, Resource>();
    for (Map.Entry<String, SortedMap<String, Object>> object : desired.objects().entrySet()) {
      Ready ready = health.ready(object.getKey(), observed) ? Ready.TRUE : Ready.FALSE;
      resources.put(object.getKey(), new Resource(object.getValue(), ready));
    }
    return resources;
  }

  private static Optional<GpuWorkspaceSpec> spec(Tree composite, Mistakes mistakes) {
    return switch (Reading.SPEC.decode(composite.at("spec"), "spec")) {
      case Decoded.Valid<GpuWorkspaceSpec>(var value) -> Optional.of(value);
      case Decoded.Invalid<GpuWorkspaceSpec>(var wrong) -> {
        mistakes.addAll(wrong);
        yield Optional.empty();
      }
    };
  }

  private static Mistake unusable(String claim) {
    return new Mistake(
        "metadata.name",
        "the name "
            + (claim.length() > WorkspaceId.LONGEST
                ? "has " + claim.length() + " characters"
                : "has others than lower-case letters, digits and dashes, or a dash at its end")
            + ", and namespace, pools and labels are named after it",
        "choose one of lower-case letters, digits and dashes, at most "
            + WorkspaceId.LONGEST
            + ", with a letter or digit at both ends");
  }

  private static Mistake unclaimed() {
    return new Mistake(
        "metadata.namespace",
        "the composite is cluster-scoped and bound to no claim, so there is no namespace for its"
            + " objects",
        "delete it and make a GpuWorkspace in your namespace instead");
  }
}
