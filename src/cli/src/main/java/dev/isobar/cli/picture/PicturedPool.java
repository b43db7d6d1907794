package dev.isobar.cli.picture;

import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Equal nodes with GPUs.
 *
 * @param name as their user calls them
 * @param pool label {@code isobar.dev/pool} of the nodes
 * @param foreign whether they belong to another composite, which lends them
 * @param machineType the one in use, or the first of the list
 * @param model of the GPUs; absent when the pool is foreign and was not rendered too
 * @param gpus of each node; 0 when not known
 * @param nodes what each node looks like: one entry, or more while nodes are replaced
 * @param offers what pods can ask for
 * @param message what is being waited for
 */
public record PicturedPool(
    String name,
    String pool,
    boolean foreign,
    Optional<String> machineType,
    Optional<String> model,
    int gpus,
    Count count,
    List<PicturedNode> nodes,
    List<OfferedResource> offers,
    Optional<String> message) {
  /** Copies the lists. */
  public PicturedPool {
    nodes = List.copyOf(nodes);
    offers = List.copyOf(offers);
  }

  /**
   * How many nodes.
   *
   * @param most by the autoscaler's limits; what is wanted when there are none
   */
  public record Count(int least, int most, int wanted, int ready) {
    /** Of pools together. */
    static Count sum(List<PicturedPool> pools) {
      int least = 0;
      int most = 0;
      int wanted = 0;
      int ready = 0;
      for (PicturedPool pool : pools) {
        least += pool.count.least;
        most += pool.count.most;
        wanted += pool.count.wanted;
        ready += pool.count.ready;
      }
      return new Count(least, most, wanted, ready);
    }

    /** As one says it: {@code 0 to 4 nodes, 1 ready}. */
    public String words() {
      String number = least == most ? String.valueOf(most) : least + " to " + most;
      return number + (most == 1 ? " node, " : " nodes, ") + ready + " ready";
    }
  }

  /** What the nodes are: {@code 2 x A100-80GB each, on g2.a100.2}. */
  public String hardware() {
    var words = new StringJoiner(", ");
    model.ifPresent(
        product -> words.add(gpus + " \u00d7 " + product + (count.most() == 1 ? "" : " each")));
    machineType.ifPresent(type -> words.add("on " + type));
    return words.toString();
  }
}
