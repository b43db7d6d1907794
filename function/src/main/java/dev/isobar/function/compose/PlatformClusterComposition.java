package dev.isobar.function.compose;

import dev.isobar.apis.decode.Decoded;
import dev.isobar.apis.decode.Decoder;
import dev.isobar.apis.decode.Mistake;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.settings.Settings;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.addon.ClaimedValues;
import dev.isobar.function.compose.capi.UserDataLimit;
import dev.isobar.function.compose.cloud.Catalogue;
import dev.isobar.function.compose.gpu.GpuNodeConfig;
import dev.isobar.function.compose.plan.ClusterId;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.Mistakes;
import dev.isobar.function.compose.plan.ObservedCluster;
import dev.isobar.function.compose.plan.Planner;
import dev.isobar.function.compose.sveltos.ProfileLimit;
import dev.isobar.function.compose.sveltos.ProfileObjects;
import dev.isobar.function.contract.Answer;
import dev.isobar.function.contract.Composition;
import dev.isobar.function.contract.Condition;
import dev.isobar.function.contract.Ready;
import dev.isobar.function.contract.Request;
import dev.isobar.function.contract.Requirement;
import dev.isobar.function.contract.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Expands a PlatformCluster: identify, require, read, plan, expand, judge, report. */
public final class PlatformClusterComposition implements Composition {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?");
  private static final String USUAL = "abcdefghijklmnopqrstuvwxyz0123456789-.";
  private static final int LONGEST_NAME = 63;
  private static final int MOST_SIGNS = 5;
  private static final String CLOUD = "cloud";
  private static final String NAMESPACE = "namespace";
  private static final String SUMMARIES = "cluster-summaries";

  /** Watches tell core of every change; it asks by itself only for the case that one was missed. */
  private static final Duration SETTLED = Duration.ofMinutes(10);

  private static final Duration MOVING = Duration.ofMinutes(1);

  /** While core drops what watches tell, a change of the claim is found only by asking. */
  private static final Duration DROPPED = Duration.ofSeconds(30);

  /** What core itself keeps in a composite's spec. */
  static final Set<String> OF_CORE =
      Set.of(
          "claimRef",
          "compositeDeletePolicy",
          "compositionRef",
          "compositionRevisionRef",
          "compositionRevisionSelector",
          "compositionSelector",
          "compositionUpdatePolicy",
          "crossplane",
          "environmentConfigRefs",
          "publishConnectionDetailsTo",
          "resourceRef",
          "resourceRefs",
          "writeConnectionSecretToRef");

  /** Made for the first claim and not before, because that takes a while. */
  private static final class Reading {
    static final Decoder<PlatformClusterSpec> SPEC =
        Decoder.of(PlatformClusterSpec.class).ignoring(OF_CORE);
  }

  @Override
  public Answer compose(Request request) {
    List<Mistake> unreadable = MetadataChecks.mistakes(request.composite());
    if (!unreadable.isEmpty()) {
      return Acceptance.refused(request, unreadable, List.of());
    }
    Optional<ClusterId> id = ClusterId.of(request.composite());
    if (id.isEmpty()) {
      return Acceptance.refused(request, List.of(unclaimed()), List.of());
    }
    if (!NAME.matcher(id.get().claim()).matches()) {
      return Acceptance.refused(request, List.of(unusable(id.get().claim())), List.of());
    }
    return compose(id.get(), request);
  }

  private static Answer compose(ClusterId id, Request request) {
    List<Requirement> requirements = requirements(id, request.composite());
    boolean resolved =
        requirements.stream().allMatch(one -> request.required().containsKey(one.name()));
    var mistakes = new Mistakes();
    Optional<PlatformClusterSpec> spec = spec(request.composite(), mistakes);
    Optional<Settings> settings = SettingsReading.read(request.input(), mistakes);
    if (!mistakes.none() || spec.isEmpty() || settings.isEmpty()) {
      return Acceptance.refused(request, mistakes.all(), requirements);
    }
    if (!resolved) {
      return new Answer.Unresolved(requirements);
    }
    var observed =
        new ObservedCluster(
            request.observed(),
            WorkspaceEntries.manned(request.required()),
            WorkspaceEntries.standing(id, request.required()));
    List<Tree> clouds = request.required().getOrDefault(CLOUD, List.of());
    Optional<Catalogue> cloud =
        CloudAccess.resolve(
            spec.get().cloud(),
            clouds,
            id,
            request.required().getOrDefault(NAMESPACE, List.of()),
            CloudAccess.Asker.cluster(observed.begun()),
            mistakes);
    if (cloud.isEmpty()) {
      return Acceptance.refused(request, mistakes.all(), requirements);
    }
    return switch (Planner.plan(id, spec.get(), cloud.get(), settings.get(), observed)) {
      case Planner.Outcome.Refused(var found) -> Acceptance.refused(request, found, requirements);
      case Planner.Outcome.Planned(var plan) ->
          answer(plan, observed, request, clouds.getFirst(), requirements);
    };
  }

  private static Answer answer(
      ClusterPlan plan,
      ObservedCluster observed,
      Request request,
      Tree cloud,
      List<Requirement> requirements) {
    var summaries = new Summaries(request.required().getOrDefault(SUMMARIES, List.of()));
    List<GpuNodeConfig> workspaces = WorkspaceEntries.of(plan.id(), request.required());
    boolean scaledBesides = WorkspaceEntries.scaled(plan.id(), request.required());
    Desired desired = Desired.of(plan, observed, summaries, workspaces, scaledBesides);
    var mistakes = new Mistakes();
    UserDataLimit.check(plan, desired.objects(), mistakes);
    ClaimedValues.check(plan.spec(), desired.addons(), observed.begun(), mistakes);
    ProfileLimit.check(plan.spec(), desired.objects(), observed, mistakes);
    if (!mistakes.none()) {
      return Acceptance.refused(request, mistakes.all(), requirements);
    }
    Judgement judgement = Judgement.of(plan, desired, observed, summaries, request.composite());
    List<Condition> conditions = new ArrayList<>();
    conditions.add(Acceptance.accepted(plan));
    conditions.addAll(new Conditions(plan, observed, judgement, cloud, request.composite()).all());
    boolean settled = judgement.settled() && desired.settled() && !plan.versions().held();
    return new Answer.Composed(
        resources(desired, judgement, observed),
        new StatusReport(plan, desired, observed, judgement, conditions, request.composite())
            .status(),
        judgement.ready() ? Ready.TRUE : Ready.FALSE,
        conditions,
        Transitions.events(request.composite(), conditions),
        requirements,
        CoreBreaker.open(request.composite()) ? DROPPED : settled ? SETTLED : MOVING);
  }

  private static SortedMap<String, Resource> resources(
      Desired desired, Judgement judgement, ObservedCluster observed) {
    var resources = new TreeMap<String, Resource>();
    desired
        .objects()
        .forEach((key, object) ->
            resources.put(key, new Resource(object, judgement.ready(key, observed))));
    return resources;
  }

  private static Optional<PlatformClusterSpec> spec(Tree composite, Mistakes mistakes) {
    return switch (Reading.SPEC.decode(composite.at("spec"), "spec")) {
      case Decoded.Valid<PlatformClusterSpec>(var value) -> Optional.of(value);
      case Decoded.Invalid<PlatformClusterSpec>(var wrong) -> {
        mistakes.addAll(wrong);
        yield Optional.empty();
      }
    };
  }

  private static Mistake unusable(String claim) {
    List<String> wrong = new ArrayList<>();
    if (claim.length() > LONGEST_NAME) {
      wrong.add("has " + claim.length() + " characters");
    }
    if (claim.chars().anyMatch(Character::isUpperCase)) {
      wrong.add("has upper-case letters");
    }
    claim
        .codePoints()
        .filter(sign -> !Character.isUpperCase(sign) && !USUAL.contains(Character.toString(sign)))
        .distinct()
        .limit(MOST_SIGNS)
        .forEach(sign -> wrong.add("has \"" + Character.toString(sign) + "\" in it"));
    if (wrong.isEmpty()) {
      wrong.add("begins or ends with a dash or dot");
    }
    return new Mistake(
        "metadata.name",
        "the name "
            + String.join(" and ", wrong)
            + ", and all objects of the cluster carry it as a label and in their names",
        "choose one of lower-case letters, digits, dashes and dots, at most "
            + LONGEST_NAME
            + ", with a letter or digit at both ends");
  }

  private static Mistake unclaimed() {
    return new Mistake(
        "metadata.namespace",
        "the composite is cluster-scoped and bound to no claim, so there is no namespace for its"
            + " objects",
        "delete it and make a PlatformCluster in your namespace instead");
  }

  /** The same for every call of a composite, else core would ask for ever. */
  private static List<Requirement> requirements(ClusterId id, Tree composite) {
    List<Requirement> requirements = new ArrayList<>();
    composite
        .at("spec", "cloud")
        .text()
        .filter(name -> !name.isEmpty())
        .ifPresent(name ->
            requirements.add(
                new Requirement(
                    CLOUD,
                    "compute.isobar.dev/v1alpha1",
                    "Cloud",
                    new Requirement.Selection.ByName(name),
                    Optional.empty())));
    requirements.add(
        new Requirement(
            NAMESPACE,
            "v1",
            "Namespace",
            new Requirement.Selection.ByName(id.namespace()),
            Optional.empty()));
    requirements.add(
        new Requirement(
            SUMMARIES,
            ProfileObjects.API_VERSION,
            "ClusterSummary",
            new Requirement.Selection.ByLabels(ProfileObjects.summaryLabels(id)),
            Optional.of(id.namespace())));
    requirements.addAll(WorkspaceEntries.requirements(id));
    return requirements;
  }
}
