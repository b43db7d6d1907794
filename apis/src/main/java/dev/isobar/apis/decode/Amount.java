package dev.isobar.apis.decode;

import dev.isobar.apis.grammar.Bounds;

/** How many of something there may be. */
enum Amount {
  CHARACTERS("character", "characters"),
  ELEMENTS("element", "elements"),
  ENTRIES("entry", "entries");

  private final String one;
  private final String many;

  Amount(String one, String many) {
    this.one = one;
    this.many = many;
  }

  /** Whether there are as many as there may be; reports it when not. */
  boolean allowed(int size, Bounds bounds, Place place, Findings findings) {
    if (bounds.allow(size)) {
      return true;
    }
    boolean above = size > bounds.max();
    long limit = bounds.nearest(size);
    findings.add(
        place,
        size == 0 ? "is empty" : "has " + size + " " + (size == 1 ? one : many),
        remedy(above ? size - limit : limit - size, above)
            + (above ? "at most " : "at least ")
            + limit
            + (limit == 1 ? " is " : " are ")
            + (above ? "allowed" : "required"));
    return false;
  }

  /** What to do, for whoever does not want to count. */
  private String remedy(long difference, boolean above) {
    return "%s %d %s: "
        .formatted(above ? "remove" : "add", difference, difference == 1 ? one : many);
  }
}
