package dev.isobar.apis.decode;

import dev.isobar.apis.grammar.Form;
import dev.isobar.apis.grammar.Grammar;
import dev.isobar.apis.grammar.Grammar.Presence;
import dev.isobar.apis.tree.Tree;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A field of a record, ready for use.
 *
 * @param index of the component in the record
 * @param whenAbsent the component's value when the field is left out; null when it cannot be
 */
record Slot(
    String name,
    int index,
    Reader reader,
    boolean optional,
    @Nullable Object whenAbsent,
    String meaning,
    Method accessor) {
  private static final int LONGEST_MEANING = 200;

  static Slot of(Grammar.Field field, int index) {
    Reader reader = Reader.of(field.form());
    return new Slot(
        field.name(),
        index,
        reader,
        field.presence() == Presence.OPTIONAL,
        whenAbsent(field, reader),
        firstSentence(field.doc()),
        field.component().getAccessor());
  }

  private static @Nullable Object whenAbsent(Grammar.Field field, Reader reader) {
    return switch (field.presence()) {
      case REQUIRED -> null;
      case OPTIONAL -> Optional.empty();
      case OR_EMPTY ->
          field.form() instanceof Form.Listing
              ? List.of()
              : Collections.unmodifiableSortedMap(new TreeMap<String, Object>());
      case DEFAULTED -> standard(field, reader);
    };
  }

  private static Object standard(Grammar.Field field, Reader reader) {
    Findings findings = new Findings(false);
    Object value =
        reader.read(Tree.of(field.standard().orElseThrow()), Place.root(field.name()), findings);
    if (value == null || !findings.none()) {
      throw new IllegalArgumentException(
          "the default of " + field.component() + " is wrong: " + findings.mistakes());
    }
    return value;
  }

  private static String firstSentence(String doc) {
    int end = doc.indexOf(". ");
    String sentence = end < 0 ? doc : doc.substring(0, end);
    sentence = sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    return sentence.length() > LONGEST_MEANING ? Words.cut(sentence) : sentence;
  }

  /** The component's value for a value that was read. */
  Object filled(Object value) {
    return optional ? Optional.of(value) : value;
  }

  /** The component's value in a record. */
  Object valueOf(Record record) {
    try {
      return accessor.invoke(record);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(accessor + " failed", e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(accessor + " cannot be called", e);
    }
  }
}
