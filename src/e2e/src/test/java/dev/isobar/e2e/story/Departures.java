package dev.isobar.e2e.story;

import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down in which order objects of several kinds went. */
public final class Departures implements Closeable {
  private record Departure(long revision, String kind) {}

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
                  long revision =
                      Long.parseLong(
                          seen.object().at("metadata", "resourceVersion").text().orElse("0"));
                  departures.add(new Departure(revision, kind.name()));
                }
              }));
    }
  }

  /** How many have gone. */
  public int count() {
    return departures.size();
  }

  /** The kinds in the order in which the last object of each went, by the store's revisions. */
  public List<String> kinds() {
    List<String> kinds =
        new ArrayList<>(
            departures.stream()
                .sorted(Comparator.comparingLong(Departure::revision).reversed())
                .map(Departure::kind)
                .distinct()
                .toList());
    return kinds.reversed();
  }

  @Override
  public void close() throws IOException {
    for (Closeable one : following) {
      one.close();
    }
  }
}
