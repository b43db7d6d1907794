package dev.isobar.apis.decode;

import dev.isobar.apis.grammar.Form;
import dev.isobar.apis.tree.Tree;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a name of a closed list. */
record ChoiceReader(List<String> names, List<Enum<?>> values) implements Reader {
  ChoiceReader(Form.Choice form) {
    this(form.names(), List.of(form.type().getEnumConstants()));
  }

  @Override
  public @Nullable Object read(Tree tree, Place place, Findings findings) {
    if (tree.shape() != Tree.Shape.TEXT) {
      return Reader.mismatch(tree, place, findings, "write " + Words.list(names, "or"));
    }
    String written = tree.text().orElseThrow();
    int at = names.indexOf(written);
    if (at >= 0) {
      return values.get(at);
    }
    Optional<String> nearest = Nearest.to(written, names);
    String allowed = "allowed: " + Words.list(names, "and");
    findings.add(
        place,
        Words.quote(written) + " is not allowed",
        nearest.map(name -> "did you mean " + name + "? " + allowed).orElse(allowed));
    return null;
  }
}
