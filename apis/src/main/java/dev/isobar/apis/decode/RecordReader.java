package dev.isobar.apis.decode;

import dev.isobar.apis.grammar.Grammar;
import dev.isobar.apis.tree.Tree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads an object with the fields of a record. */
final class RecordReader implements Reader {
  private static final ClassValue<RecordReader> READERS =
      new ClassValue<>() {
        @Override
        protected RecordReader computeValue(Class<?> type) {
          return new RecordReader(Grammar.of(type.asSubclass(Record.class)));
        }
      };

  private final List<String> names;
  private final List<Slot> slots;
  private final Slot[] byName;
  private final List<List<String>> exactlyOne;
  private final Maker maker;

  private RecordReader(Grammar grammar) {
    List<Slot> all = new ArrayList<>();
    for (Grammar.Field field : grammar.fields()) {
      all.add(Slot.of(field, all.size()));
    }
    slots = List.copyOf(all);
    names = slots.stream().map(Slot::name).toList();
    byName = slots.stream().sorted(Comparator.comparing(Slot::name)).toArray(Slot[]::new);
    exactlyOne = grammar.exactlyOne();
    maker = Maker.of(grammar.type());
  }

  /** The one reader of a record type. */
  static RecordReader of(Class<? extends Record> type) {
    return READERS.get(type);
  }

  /** The record's fields as they are declared. */
  List<Slot> slots() {
    return slots;
  }

  @Override
  public @Nullable Object read(Tree tree, Place place, Findings findings) {
    return readRoot(tree, place, Set.of(), findings);
  }

  /** Reads an object of which some fields are none of our business; an absent one is empty. */
  @Nullable Object readRoot(Tree tree, Place place, Set<String> ignored, Findings findings) {
    if (tree.exists() && tree.shape() != Tree.Shape.OBJECT) {
      return Reader.mismatch(tree, place, findings, shape());
    }
    return new Filling(tree, place, ignored, findings).record();
  }

  private String shape() {
    return names.isEmpty()
        ? "write {}"
        : "write an object with the fields " + Words.list(names, "and");
  }

  /** One object becoming a record. */
  private final class Filling {
    private final Tree tree;
    private final Place place;
    private final Set<String> ignored;
    private final Findings findings;
    private final @Nullable Object[] values = new @Nullable Object[byName.length];
    private boolean good = true;

    Filling(Tree tree, Place place, Set<String> ignored, Findings findings) {
      this.tree = tree;
      this.place = place;
      this.ignored = ignored;
      this.findings = findings;
    }

    @Nullable Record record() {
      if (!findings.lenient()) {
        exactlyOne.forEach(this::checkExactlyOne);
      }
      int next = 0;
      for (String name : tree.fields()) {
        while (next < byName.length && byName[next].name().compareTo(name) < 0) {
          fill(byName[next++]);
        }
        if (next < byName.length && byName[next].name().equals(name)) {
          fill(byName[next++]);
        } else {
          unknown(name);
        }
        if (findings.full() && !findings.lenient()) {
          return null;
        }
      }
      while (next < byName.length) {
        fill(byName[next++]);
      }
      return good ? maker.make(values) : null;
    }

    private void fill(Slot slot) {
      Tree field = tree.at(slot.name());
      Object value = null;
      boolean exists = field.exists();
      if (exists) {
        value = slot.reader().read(field, place.field(slot.name()), findings);
      } else if (slot.whenAbsent() == null) {
        findings.add(place.field(slot.name()), "is required", "add it: " + slot.meaning());
      }
      boolean skipped = value == null && (!exists || findings.lenient());
      values[slot.index()] =
          skipped ? slot.whenAbsent() : value == null ? null : slot.filled(value);
      good &= values[slot.index()] != null;
    }

    private void unknown(String name) {
      if (findings.lenient() || ignored.contains(name)) {
        return;
      }
      good = false;
      String remedy =
          names.isEmpty()
              ? "nothing can be set here"
              : Nearest.remedy(name, names, "the fields here are");
      findings.add(place.field(name), "there is no such field", remedy);
    }

    private void checkExactlyOne(List<String> group) {
      List<String> set = group.stream().filter(name -> tree.at(name).exists()).toList();
      if (set.size() == 1) {
        return;
      }
      good = false;
      if (set.isEmpty()) {
        findings.add(
            place, "none of " + Words.list(group, "and") + " is set", "set exactly one of them");
      } else {
        findings.add(
            place, Words.list(set, "and") + " are set together", "keep exactly one of them");
      }
    }
  }
}
