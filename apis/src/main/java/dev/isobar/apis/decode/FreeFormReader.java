package dev.isobar.apis.decode;

import dev.isobar.apis.tree.Tree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads any object. An explicit null in it is kept: to Helm it means that a chart's own value goes.
 * Whole numbers come out as longs, as JSON does not tell 3 from 3.0.
 */
record FreeFormReader() implements Reader {
  private static final int DEEPEST = 64;

  @Override
  public @Nullable Object read(Tree tree, Place place, Findings findings) {
    if (tree.shape() != Tree.Shape.OBJECT) {
      return Reader.mismatch(tree, place, findings, "write an object");
    }
    if (!shallow(tree, DEEPEST)) {
      findings.add(place, "has more than " + DEEPEST + " levels", "make it flatter");
      return null;
    }
    if (!finite(tree)) {
      findings.add(
          place,
          "has a number in it that JSON cannot hold, such as .inf or .nan",
          "write a number, or put it in quotes so that it is a string");
      return null;
    }
    return copy(tree);
  }

  private static boolean shallow(Tree tree, int levels) {
    return switch (tree.shape()) {
      case OBJECT ->
          levels > 0 && tree.fields().stream().allMatch(name -> shallow(tree.at(name), levels - 1));
      case LIST -> levels > 0 && tree.items().stream().allMatch(item -> shallow(item, levels - 1));
      case ABSENT, TEXT, NUMBER, TRUTH -> true;
    };
  }

  private static boolean finite(Tree tree) {
    return switch (tree.shape()) {
      case OBJECT -> tree.fields().stream().allMatch(name -> finite(tree.at(name)));
      case LIST -> tree.items().stream().allMatch(FreeFormReader::finite);
      case NUMBER -> Double.isFinite(tree.number().orElse(0.0));
      case ABSENT, TEXT, TRUTH -> true;
    };
  }

  private static @Nullable Object copy(Tree tree) {
    return switch (tree.shape()) {
      case OBJECT -> {
        TreeMap<String, @Nullable Object> fields = new TreeMap<>();
        tree.fields().forEach(name -> fields.put(name, copy(tree.at(name))));
        yield Collections.unmodifiableSortedMap(fields);
      }
      case LIST -> {
        List<@Nullable Object> items = new ArrayList<>();
        tree.items().forEach(item -> items.add(copy(item)));
        yield Collections.unmodifiableList(items);
      }
      case NUMBER -> tree.whole().<Object>map(whole -> whole).or(tree::number).orElse(0L);
      case TEXT -> tree.text().orElse("");
      case TRUTH -> tree.truth().orElse(false);
      case ABSENT -> null;
    };
  }
}
