package dev.isobar.cli.input;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.yaml.InputRejected;
import dev.isobar.cli.yaml.Manifest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides what each object is: a composite or a claim to render, something that exists, or
 * something to look up.
 */
final class InputSorting {
  /** The API group of everything that is rendered. */
  static final String GROUP = "platform.isobar.dev";

  /** Workspaces need their cluster, so clusters come first. */
  private static final Set<String> FIRST = Set.of("PlatformCluster", "XPlatformCluster");

  private static final String NOTHING =
      "found nothing to render in the paths: no object of "
          + GROUP
          + " outside a folder observed/; give the file of a claim, with kind: PlatformCluster or"
          + " GpuWorkspace";

  private final Flavour flavour;

  /** Composites and claims that exist already; those that are matched are taken out. */
  private final List<Manifest> existing;

  /** Those that were matched. */
  private final List<Map<String, @Nullable Object>> matched = new ArrayList<>();

  private InputSorting(Flavour flavour, List<Manifest> existing) {
    this.flavour = flavour;
    this.existing = existing;
  }

  /** Sorts what was read. */
  static Input sort(
      List<Manifest> written, List<Manifest> observed, StepInputs settings, Flavour flavour) {
    var sorting =
        new InputSorting(
            flavour, new ArrayList<>(observed.stream().filter(InputSorting::isOurs).toList()));
    List<Manifest> ours = new ArrayList<>(written.stream().filter(InputSorting::isOurs).toList());
    if (flavour == Flavour.CLAIMS) {
      sorting.bind(ours);
    }
    List<Composite> composites =
        ours.stream()
            .map(sorting::composite)
            .sorted(
                Comparator.<Composite>comparingInt(
                        one -> FIRST.contains(one.identity().kind()) ? 0 : 1)
                    .thenComparing(Composite::identity))
            .toList();
    if (composites.isEmpty()) {
      throw new InputRejected(nothing(written));
    }
    refuseTwins(composites);
    var others = new ArrayList<>(written.stream().filter(manifest -> !isOurs(manifest)).toList());
    others.addAll(sorting.existing);
    List<Manifest> composed = observed.stream().filter(manifest -> !isOurs(manifest)).toList();
    List<Map<String, @Nullable Object>> exists = InputReading.objects(composed);
    return new Input(
        composites,
        exists,
        InputReading.objects(others),
        settings,
        sorting.matched.stream().flatMap(one -> warning(one, exists).stream()).toList());
  }

  private static String nothing(List<Manifest> written) {
    SortedSet<String> kinds = new TreeSet<>();
    written.stream()
        .map(Manifest::object)
        .filter(OwnKinds::isOfTheProvider)
        .forEach(object -> kinds.add(Identity.of(object).kind()));
    return kinds.isEmpty()
        ? NOTHING
        : NOTHING
            + "; of "
            + String.join(" and ", kinds)
            + " nothing is made but by provider-isobar: apply them to the management cluster as"
            + " they are";
  }

  /**
   * Takes composites out that stand beside their claim, as in a dump of a cluster: they are what
   * exists of it.
   */
  private void bind(List<Manifest> ours) {
    for (Manifest claim : List.copyOf(ours)) {
      Identity identity = Identity.of(Binding.inNamespace(claim.object()));
      if (identity.kind().startsWith("X")) {
        continue;
      }
      for (Manifest composite : List.copyOf(ours)) {
        if (isBoundTo(composite.object(), identity)) {
          refuseSecond(composite, claim, identity);
          ours.remove(composite);
          existing.add(composite);
        }
      }
    }
  }

  private void refuseSecond(Manifest composite, Manifest claim, Identity identity) {
    existing.stream()
        .filter(other -> isMadeFor(other.object(), identity))
        .findFirst()
        .ifPresent(other -> {
          throw new InputRejected(
              composite.origin()
                  + ": is the composite of "
                  + identity.words()
                  + " in "
                  + claim.origin()
                  + ", as is "
                  + other.origin()
                  + "; remove one");
        });
  }

  private static Optional<String> warning(
      Map<String, @Nullable Object> composite, List<Map<String, @Nullable Object>> observed) {
    List<String> missing = References.missing(composite, observed);
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Identity.of(composite).words()
                + " owns what is not among the observed objects, so it is rendered as if it did"
                + " not exist: "
                + String.join(", ", missing)
                + "; 'isobar render --help' shows how to fetch all of it");
  }

  private static boolean isOurs(Manifest manifest) {
    return Identity.of(manifest.object()).group().equals(GROUP);
  }

  private Composite composite(Manifest manifest) {
    Identity identity = Identity.of(manifest.object());
    boolean forClaims = identity.kind().startsWith("X");
    if (flavour == Flavour.NAMESPACED) {
      if (forClaims) {
        throw new InputRejected(
            manifest.origin()
                + ": "
                + identity.kind()
                + " belongs to claims; leave out --flavour namespaced, or write "
                + identity.kind().substring(1));
      }
      return Binding.composite(
          manifest, flavour, take(own(Binding.inNamespace(manifest.object()))));
    }
    if (!forClaims) {
      return claimed(manifest);
    }
    if (!identity.namespace().isEmpty()) {
      throw new InputRejected(
          manifest.origin()
              + ": metadata.namespace: "
              + identity.kind()
              + " is cluster-scoped; remove the namespace");
    }
    return Binding.composite(manifest, flavour, take(own(manifest.object())));
  }

  private Composite claimed(Manifest manifest) {
    Identity claim = Identity.of(Binding.inNamespace(manifest.object()));
    Optional<Map<String, @Nullable Object>> claimBefore =
        take(own(Binding.inNamespace(manifest.object())));
    Optional<Map<String, @Nullable Object>> compositeBefore =
        take(one -> isMadeFor(one.object(), claim));
    Composite composite = Binding.composite(manifest, compositeBefore);
    if (compositeBefore.isEmpty() && claimBefore.isPresent()) {
      return composite.withStatus(claimBefore.get().get("status"));
    }
    // Core copies the status to the claim, where other composites look for it.
    return composite.withStatus(composite.object().get("status"));
  }

  /**
   * Whether an object that exists is the composite of a claim: by its reference, its labels or its
   * name.
   */
  private static boolean isMadeFor(Map<String, @Nullable Object> object, Identity claim) {
    Identity identity = Identity.of(object);
    return isBoundTo(object, claim)
        || (identity.kind().equals("X" + claim.kind())
            && identity.name().equals(Binding.name(claim.namespace(), claim.name())));
  }

  /** Whether an object is the composite of a claim by its reference or its labels. */
  private static boolean isBoundTo(Map<String, @Nullable Object> object, Identity claim) {
    if (!Identity.of(object).kind().equals("X" + claim.kind())) {
      return false;
    }
    Tree tree = Tree.of(object);
    Tree reference = tree.at("spec", "claimRef");
    Tree labels = tree.at("metadata", "labels");
    boolean refers =
        is(reference.at("name"), claim.name()) && is(reference.at("namespace"), claim.namespace());
    boolean labelled =
        is(labels.at(Binding.CLAIM_NAME_LABEL), claim.name())
            && is(labels.at(Binding.CLAIM_NAMESPACE_LABEL), claim.namespace());
    return refers || labelled;
  }

  private static boolean is(Tree field, String value) {
    return field.text().filter(value::equals).isPresent();
  }

  /** Matches the object itself, in the default namespace if it names none. */
  private static Predicate<Manifest> own(Map<String, @Nullable Object> object) {
    Identity identity = Identity.of(object);
    return other -> {
      Identity same = Identity.of(other.object());
      boolean unplaced = same.namespace().isEmpty() && !identity.namespace().isEmpty();
      return identity.equals(
          unplaced
              ? new Identity(same.group(), same.kind(), Binding.DEFAULT_NAMESPACE, same.name())
              : same);
    };
  }

  /** Takes the first one that exists out. */
  private Optional<Map<String, @Nullable Object>> take(Predicate<Manifest> wanted) {
    for (Manifest manifest : existing) {
      if (wanted.test(manifest)) {
        existing.remove(manifest);
        matched.add(manifest.object());
        return Optional.of(manifest.object());
      }
    }
    return Optional.empty();
  }

  private static void refuseTwins(List<Composite> composites) {
    for (int i = 1; i < composites.size(); i++) {
      Composite one = composites.get(i);
      Composite before = composites.get(i - 1);
      if (one.identity().equals(before.identity())) {
        throw new InputRejected(
            one.origin()
                + ": is the same composite as "
                + before.origin()
                + ": "
                + one.identity().words()
                + "; remove one");
      }
    }
  }
}
