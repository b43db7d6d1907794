package dev.isobar.apis.grammar;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.ExactlyOne;
import dev.isobar.apis.schema.Fixed;
import dev.isobar.apis.schema.Rule;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one record of an API says of the objects it stands for.
 *
 * @param doc its description; empty when it has none
 * @param fields its fields in the order they are declared
 * @param exactlyOne groups of fields of which exactly one must be set
 * @param rules checks over several fields
 */
public record Grammar(
    Class<? extends Record> type,
    String doc,
    List<Field> fields,
    List<List<String>> exactlyOne,
    List<Rule> rules) {

  /** Whether a field may be left out, and what that means. */
  public enum Presence {
    /** It must be there. */
    REQUIRED,
    /** It may be left out, which is a value of its own. */
    OPTIONAL,
    /** It may be left out, which means its default. */
    DEFAULTED,
    /** A list or map that may be left out, which means that it is empty. */
    OR_EMPTY
  }

  /**
   * One field.
   *
   * @param standard its default as a string, long, boolean, empty list or empty map
   * @param instead what to do instead of changing it; empty when it may be changed
   * @param once whether what was left out may be given later, though not changed then
   * @param rules checks on its value
   * @param component the record's component that holds it
   */
  public record Field(
      String name,
      String doc,
      Form form,
      Presence presence,
      Optional<Object> standard,
      Optional<String> instead,
      boolean once,
      List<Rule> rules,
      RecordComponent component) {}

  /** Reads a record's annotations; not cheap, so keep the answer. */
  public static Grammar of(Class<? extends Record> type) {
    return new Grammar(
        type,
        doc(type),
        Stream.of(type.getRecordComponents()).map(Grammar::field).toList(),
        Stream.of(type.getAnnotationsByType(ExactlyOne.class))
            .map(group -> List.of(group.value()))
            .toList(),
        List.of(type.getAnnotationsByType(Rule.class)));
  }

  private static Field field(RecordComponent component) {
    Type type = component.getGenericType();
    boolean optional =
        type instanceof ParameterizedType container && container.getRawType() == Optional.class;
    Type inner = optional ? ((ParameterizedType) type).getActualTypeArguments()[0] : type;
    Form form = Form.of(inner, component);
    Optional<Object> standard =
        Optional.ofNullable(component.getAnnotation(Default.class))
            .map(Default::value)
            .map(Grammar::json);
    Optional<Fixed> fixed = Optional.ofNullable(component.getAnnotation(Fixed.class));
    return new Field(
        component.getName(),
        doc(component),
        form,
        presence(optional, standard.isPresent(), form),
        standard,
        fixed.map(Fixed::instead),
        fixed.map(Fixed::once).orElse(false),
        List.of(component.getAnnotationsByType(Rule.class)),
        component);
  }

  private static Presence presence(boolean optional, boolean defaulted, Form form) {
    if (optional) {
      return Presence.OPTIONAL;
    }
    if (defaulted) {
      return Presence.DEFAULTED;
    }
    // What must not be empty cannot be left out.
    boolean mayBeEmpty =
        switch (form) {
          case Form.Listing listing -> !listing.items().hasMin();
          case Form.Mapping mapping -> !mapping.entries().hasMin();
          case Form.Anything _ -> true;
          case Form.Text _, Form.TextRecord _, Form.Choice _ -> false;
          case Form.Whole _, Form.Truth _, Form.Structure _ -> false;
        };
    return mayBeEmpty ? Presence.OR_EMPTY : Presence.REQUIRED;
  }

  private static String doc(AnnotatedElement element) {
    Doc doc = element.getAnnotation(Doc.class);
    return doc == null ? "" : doc.value();
  }

  /** Defaults are scalars, empty, or a list of one string, so this much JSON is enough. */
  private static Object json(String text) {
    if (text.startsWith("[\"") && text.endsWith("\"]")) {
      return List.of(json(text.substring(1, text.length() - 1)));
    }
    if (text.length() >= 2
        && text.startsWith("\"")
        && text.endsWith("\"")
        && !text.contains("\\")) {
      return text.substring(1, text.length() - 1);
    }
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      case "[]" -> List.of();
      case "{}" -> Map.of();
      default -> Long.parseLong(text);
    };
  }
}
