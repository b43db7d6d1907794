package dev.isobar.apis.decode;

import dev.isobar.apis.grammar.Form;
import dev.isobar.apis.tree.Tree;
import org.jspecify.annotations.Nullable;

/** Reads what stands in one place. */
interface Reader {
  /**
   * The value there.
   *
   * @param tree something that exists
   * @return null when it is not as it should be, which then is among the findings
   */
  @Nullable Object read(Tree tree, Place place, Findings findings);

  /** The reader of a form. */
  static Reader of(Form form) {
    return switch (form) {
      case Form.Text text -> new TextReader(text);
      case Form.TextRecord text -> new TextRecordReader(text);
      case Form.Choice choice -> new ChoiceReader(choice);
      case Form.Whole whole -> new WholeReader(whole);
      case Form.Truth _ -> new TruthReader();
      case Form.Listing list -> new ListReader(list, of(list.element()));
      case Form.Mapping map -> new MapReader(map, of(map.value()));
      case Form.Anything _ -> new FreeFormReader();
      case Form.Structure structure -> RecordReader.of(structure.type());
    };
  }

  /** Reports that something of another shape stands there. */
  static @Nullable Object mismatch(Tree tree, Place place, Findings findings, String remedy) {
    findings.add(place, "is " + Words.what(tree), remedy);
    return null;
  }
}
