package dev.isobar.apis.decode;

import dev.isobar.apis.grammar.Bounds;
import dev.isobar.apis.grammar.Form;
import dev.isobar.apis.tree.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a list. */
record ListReader(Reader element, Bounds bounds, Optional<String> key, boolean distinct)
    implements Reader {
  ListReader(Form.Listing form, Reader element) {
    this(element, form.items(), form.key(), form.distinct());
  }

  @Override
  public @Nullable Object read(Tree tree, Place place, Findings findings) {
    if (tree.shape() != Tree.Shape.LIST) {
      return Reader.mismatch(tree, place, findings, remedy(tree));
    }
    List<Tree> items = tree.items();
    boolean good =
        findings.lenient() || Amount.ELEMENTS.allowed(items.size(), bounds, place, findings);
    List<Object> values = new ArrayList<>(Math.min(items.size(), 16));
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < items.size() && !findings.full(); i++) {
      Object value = item(items.get(i), place.item(i), findings);
      if (value != null) {
        values.add(value);
      }
      good &= value != null || findings.lenient();
      good &= findings.lenient() || alone(items.get(i), i, seen, place, findings);
    }
    return good && (findings.lenient() || !findings.full()) ? List.copyOf(values) : null;
  }

  private @Nullable Object item(Tree item, Place place, Findings findings) {
    if (!item.exists()) {
      findings.add(place, "is empty", "give it a value or remove it");
      return null;
    }
    return element.read(item, place, findings);
  }

  /** Whether no earlier element is the same one. */
  private boolean alone(
      Tree item, int index, Map<String, Integer> seen, Place place, Findings findings) {
    Optional<String> identity = key.map(item::at).orElse(item).text();
    if (identity.isEmpty() || (key.isEmpty() && !distinct)) {
      return true;
    }
    Integer first = seen.putIfAbsent(identity.get(), index);
    if (first == null) {
      return true;
    }
    Place where = place.item(index);
    findings.add(
        key.map(where::field).orElse(where),
        Words.quote(identity.get())
            + " is already "
            + key.map(name -> "the " + name + " of ").orElse("")
            + place.item(first).path(),
        key.map(name -> "give each element a " + name + " of its own")
            .orElse("remove one of the two"));
    return false;
  }

  private static String remedy(Tree tree) {
    return switch (tree.shape()) {
      case TEXT -> "write a list: [" + Words.quote(tree.text().orElse("")) + "]";
      case NUMBER, TRUTH -> "write a list: [" + Words.what(tree).replace("the number ", "") + "]";
      case ABSENT, LIST, OBJECT -> "write a list, each element after a dash";
    };
  }
}
