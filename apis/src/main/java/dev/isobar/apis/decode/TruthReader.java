package dev.isobar.apis.decode;

import dev.isobar.apis.tree.Tree;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads true or false. */
record TruthReader() implements Reader {
  @Override
  public @Nullable Object read(Tree tree, Place place, Findings findings) {
    return tree.shape() == Tree.Shape.TRUTH
        ? tree.truth().orElseThrow()
        : Reader.mismatch(tree, place, findings, remedy(tree.text().orElse("")));
  }

  private static String remedy(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on" -> "write true, without quotes";
      case "false", "no", "off" -> "write false, without quotes";
      default -> "write true or false";
    };
  }
}
