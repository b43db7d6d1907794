package dev.isobar.e2e.story;

import dev.isobar.apis.tree.Tree;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes down in which order objects of several kinds went. */
public final class Departures implements Closeable {
  private static final String CONTROL_PLANE = "cluster.x-k8s.io/control-plane";

  /**
   * That an object went.
   *
   * @param revision the store's
   * @param sort its kind, and whether it is of the control plane, as in {@code Machine of the
   *     control plane}
   */
  private record Departure(long revision, String sort, String name) {
    static Departure of(Kind kind, Tree object) {
      boolean leads = object.at("metadata", "labels", CONTROL_PLANE).exists();
      return new Departure(
          Long.parseLong(object.at("metadata", "resourceVersion").text().orElse("0")),
          kind.name() + (leads ? " of the control plane" : ""),
          object.at("metadata", "name").text().orElse(""));
    }
  }

  private final List<Departure> departures = new CopyOnWriteArrayList<>();
  private final List<Closeable> following = new ArrayList<>();

  /** From now on. */
  public Departures(Kubernetes kubernetes, Map<String, String> labels, Kind... kinds) {
    for (Kind kind : kinds) {
      following.add(
          kubernetes.follow(
              kind,
              labels,
              seen -> {
                if (seen.gone()) {
                  departures.add(Departure.of(kind, seen.object()));
                }
              }));
    }
  }

  /** The kinds in the order in which the last object of each went. */
  public List<String> kinds() {
    return departures.stream()
        .sorted(Comparator.comparingLong(Departure::revision).reversed())
        .map(one -> one.sort().split(" ", 2)[0])
        .distinct()
        .toList()
        .reversed();
  }

  /** What sorts of objects have gone. */
  public Set<String> sorts() {
    return departures.stream().map(Departure::sort).collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * What went out of turn, in words: objects that went before the last one of an earlier step.
   *
   * @param steps sorts of objects in the order that is promised; those of one step go in any
   */
  public List<String> outOfTurn(List<Set<String>> steps) {
    List<String> wrong = new ArrayList<>();
    for (int step = 1; step < steps.size(); step++) {
      Set<String> earlier = steps.get(step - 1);
      Set<String> later = steps.get(step);
      of(earlier)
          .max(Comparator.comparingLong(Departure::revision))
          .ifPresent(last ->
              of(later)
                  .filter(one -> one.revision() < last.revision())
                  .map(one -> words(one) + " went before " + words(last))
                  .forEach(wrong::add));
    }
    return wrong;
  }

  private Stream<Departure> of(Set<String> sorts) {
    return departures.stream().filter(one -> sorts.contains(one.sort()));
  }

  private static String words(Departure one) {
    return one.sort() + " " + one.name();
  }

  @Override
  public void close() throws IOException {
    for (Closeable one : following) {
      one.close();
    }
  }
}
