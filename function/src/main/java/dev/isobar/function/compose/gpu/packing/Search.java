package dev.isobar.function.compose.gpu.packing;

import java.util.List;

/** What a search for layouts of some GPUs came to. */
sealed interface Search {
  /**
   * They serve the demand.
   *
   * @param layouts the layout of each GPU, by its place on the menu
   */
  record Found(List<Integer> layouts) implements Search {
    /** Copies the list. */
    public Found {
      layouts = List.copyOf(layouts);
    }
  }

  /** No layouts of so many GPUs serve the demand. */
  record None() implements Search {}

  /** The search was given up before it was known. */
  record GivenUp() implements Search {}
}
