package dev.isobar.apis.decode;

import dev.isobar.apis.grammar.Form;
import dev.isobar.apis.tree.Tree;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a string that becomes a record of its own. Its shape is checked even when lenient, as the
 * record relies on it.
 */
record TextRecordReader(TextReader text, Form.Shape shape, Maker maker) implements Reader {
  TextRecordReader(Form.TextRecord form) {
    this(
        new TextReader(form.length(), Optional.of(form.shape())),
        form.shape(),
        Maker.of(form.type()));
  }

  @Override
  public @Nullable Object read(Tree tree, Place place, Findings findings) {
    String written = text.read(tree, place, findings);
    if (written == null) {
      return null;
    }
    if (findings.lenient() && !TextReader.fits(written, Optional.of(shape), place, findings)) {
      return null;
    }
    return maker.make(new Object[] {written});
  }
}
