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
      noLong(tree.number().orElse(0.0), place, findings);
      return null;
    }
    long number = whole.get();
    if (!bounds.allow(number) && (!findings.lenient() || !fits(number))) {
      beyond(String.valueOf(number), number > bounds.max(), place, findings);
      return null;
    }
    return wide ? number : (Object) Math.toIntExact(number);
  }

  private void noLong(double number, Place place, Findings findings) {
    String words = Words.number(number);
    boolean limited = number > 0 ? bounds.hasMax() : bounds.hasMin();
    if (number == Math.rint(number) && limited) {
      beyond(words, number > 0, place, findings);
      return;
    }
    // The nearest one may be what a rule of the field forbids.
    findings.add(place, words + " is no whole number", "write a whole number" + range());
  }

  private void beyond(String number, boolean above, Place place, Findings findings) {
    findings.add(
        place,
        number + (above ? " is too high" : " is too low"),
        (above ? "the most that is allowed is " : "the least that is allowed is ")
            + (above ? bounds.max() : bounds.min()));
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
