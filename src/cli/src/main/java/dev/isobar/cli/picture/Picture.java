package dev.isobar.cli.picture;

import java.util.List;

/**
 * What is planned for the GPUs of one composite.
 *
 * @param pools in the order of its status
 * @param others kinds of servers that ask for no GPU
 */
public record Picture(List<PicturedPool> pools, List<String> others) {
  /** Of a composite without GPUs. */
  public static final Picture EMPTY = new Picture(List.of(), List.of());

  /** Copies the lists. */
  public Picture {
    pools = List.copyOf(pools);
    others = List.copyOf(others);
  }
}
