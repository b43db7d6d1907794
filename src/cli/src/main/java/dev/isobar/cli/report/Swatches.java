package dev.isobar.cli.report;

/** The colours of resources, as classes {@code c0} and on of the style sheet. */
final class Swatches {
  /** After so many they come again. */
  static final int COUNT = 5;

  private Swatches() {}

  /** The class of a resource's colour, by its place in a list. */
  static String of(int index) {
    return "c" + Math.floorMod(index, COUNT);
  }
}
