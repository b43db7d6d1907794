package dev.isobar.apis.decode;

import dev.isobar.apis.grammar.Bounds;
import dev.isobar.apis.grammar.Form;
import dev.isobar.apis.tree.Tree;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads an object whose field names the user chose. */
record MapReader(Reader value, Bounds bounds, Optional<Form.Shape> keys) implements Reader {
  MapReader(Form.Mapping form, Reader value) {
    this(value, form.entries(), form.keys());
  }

  @Override
  public @Nullable Object read(Tree tree, Place place, Findings findings) {
    if (tree.shape() != Tree.Shape.OBJECT) {
      return Reader.mismatch(
          tree, place, findings, "write an object: a name and a value on each line");
    }
    SortedSet<String> names = tree.fields();
    boolean good =
        findings.lenient() || Amount.ENTRIES.allowed(names.size(), bounds, place, findings);
    TreeMap<String, Object> values = new TreeMap<>();
    for (String name : names) {
      if (findings.full()) {
        break;
      }
      Object read = entry(name, tree.at(name), place.key(name), findings);
      if (read != null) {
        values.put(name, read);
      }
      good &= read != null || findings.lenient();
    }
    return good && (findings.lenient() || !findings.full())
        ? Collections.unmodifiableSortedMap(values)
        : null;
  }

  private @Nullable Object entry(String name, Tree tree, Place place, Findings findings) {
    if (!findings.lenient() && !TextReader.fits(name, keys, place, findings)) {
      return null;
    }
    if (!tree.exists()) {
      findings.add(place, "is empty", "give it a value or remove it");
      return null;
    }
    return value.read(tree, place, findings);
  }
}
