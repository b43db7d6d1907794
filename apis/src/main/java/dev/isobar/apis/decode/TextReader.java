package dev.isobar.apis.decode;

import dev.isobar.apis.grammar.Bounds;
import dev.isobar.apis.grammar.Form;
import dev.isobar.apis.tree.Tree;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a string. */
record TextReader(Bounds length, Optional<Form.Shape> shape) implements Reader {
  TextReader(Form.Text form) {
    this(form.length().orAtMost(Form.USUAL_LENGTH), form.shape());
  }

  @Override
  public @Nullable String read(Tree tree, Place place, Findings findings) {
    if (tree.shape() == Tree.Shape.TEXT) {
      return check(tree.text().orElseThrow(), place, findings);
    }
    boolean unquoted = unquoted(tree);
    String remedy =
        unquoted
            ? "put it in quotes so that it is a string"
            : "write " + shape.map(Form.Shape::says).orElse("a string");
    findings.add(place, "is " + Words.what(tree), remedy);
    return null;
  }

  /** Whether quotes would make a good string of it. */
  private boolean unquoted(Tree tree) {
    return switch (tree.shape()) {
      case NUMBER -> would(Words.number(tree.number().orElse(0.0)));
      case TRUTH -> would(String.valueOf(tree.truth().orElse(false)));
      case ABSENT, TEXT, LIST, OBJECT -> false;
    };
  }

  private boolean would(String text) {
    return shape.isEmpty() || shape.get().pattern().matcher(text).matches();
  }

  private @Nullable String check(String text, Place place, Findings findings) {
    if (findings.lenient()) {
      return text;
    }
    int characters = text.codePointCount(0, text.length());
    return Amount.CHARACTERS.allowed(characters, length, place, findings)
            && fits(text, shape, place, findings)
        ? text
        : null;
  }

  /** Whether the text has the shape; reports it when not. */
  static boolean fits(String text, Optional<Form.Shape> shape, Place place, Findings findings) {
    if (shape.isEmpty() || shape.get().pattern().matcher(text).matches()) {
      return true;
    }
    findings.add(place, Words.quote(text) + " is not allowed", "it must be " + shape.get().says());
    return false;
  }
}
