package dev.isobar.function.compose.gpu.packing;

import dev.isobar.function.compose.gpu.geometry.MigProfile;

/** What one user gets: a part of a GPU, or all of it. */
public sealed interface Part {
  /** An instance of a profile. */
  record Slice(MigProfile profile) implements Part {}

  /** A GPU that is not divided. It has more compute than the largest profile. */
  record WholeGpu() implements Part {}
}
