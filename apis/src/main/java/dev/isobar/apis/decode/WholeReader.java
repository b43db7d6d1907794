package dev.isobar.apis.decode;

import dev.isobar.apis.grammar.Bounds;
import dev.isobar.apis.grammar.Form;
import dev.isobar.apis.tree.Tree;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a whole number. */
record WholeReader(Bounds bounds, boolean wide) implements Reader {
  private static final Pattern DIGITS = Pattern.compile("-?[0-9]{1,9}");

  WholeReader(Form.Whole form) {
    this(form.bounds(), form.wide());
  }

  @Override
  public @Nullable Object read(Tree tree, Place place, Findings findings) {
    return switch (tree.shape()) {
      case NUMBER -> number(tree, place, findings);
      case TEXT -> Reader.mismatch(tree, place, findings, unquoted(tree.text().orElseThrow()));
      case ABSENT, TRUTH, LIST, OBJECT ->
          Reader.mismatch(
              tree, place, findings, "write a whole number such as " + bounds.nearest(3));
    };
  }

  private @Nullable Object number(Tree tree, Place place, Findings findings) {
    Optional<Long> whole = tree.whole();
    if (whole.isEmpty()) {
      double number = tree.number().orElse(0.0);
      findings.add(
          place,
          Words.number(number) + " is no whole number",
          // The nearest one may be what a rule of the field forbids.
          "write a whole number" + range());
      return null;
    }
    long number = whole.get();
    if (!bounds.allow(number) && (!findings.lenient() || !fits(number))) {
      boolean above = number > bounds.max();
      findings.add(
          place,
          number + (above ? " is too high" : " is too low"),
          (above ? "the most that is allowed is " : "the least that is allowed is ")
              + bounds.nearest(number));
      return null;
    }
    return wide ? number : (Object) Math.toIntExact(number);
  }

  private String range() {
    return bounds.min() > Integer.MIN_VALUE && bounds.max() < Integer.MAX_VALUE
        ? " from " + bounds.min() + " to " + bounds.max()
        : "";
  }

  private boolean fits(long number) {
    return wide || number == (int) number;
  }

  private String unquoted(String text) {
    return DIGITS.matcher(text).matches()
        ? "remove the quotes: " + bounds.nearest(Long.parseLong(text))
        : "write a whole number such as " + bounds.nearest(3);
  }
}
