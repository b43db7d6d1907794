package dev.isobar.provider.external;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What clusters left, in memory; everything goes at once. */
public final class FakeLeftovers implements Leftovers {
  private final Map<String, List<Leftover>> things = new TreeMap<>();

  /** A cluster made something. */
  public void put(String cluster, Leftover leftover) {
    things.computeIfAbsent(cluster, _ -> new ArrayList<>()).add(leftover);
  }

  @Override
  public Response<String> account() {
    return Response.of("Fake/here/1");
  }

  @Override
  public Response<List<Leftover>> of(String cluster) {
    return Response.of(List.copyOf(things.getOrDefault(cluster, List.of())));
  }

  @Override
  public Effect remove(Leftover leftover) {
    things.values().forEach(all -> all.removeIf(one -> one.id().equals(leftover.id())));
    return new Effect.Accepted();
  }
}
