package dev.isobar.apis.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.grammar.Form;
import dev.isobar.apis.grammar.Grammar;
import dev.isobar.apis.grammar.Grammar.Field;
import dev.isobar.apis.grammar.Grammar.Presence;
import dev.isobar.apis.schema.Rule;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every record of an API must be like for its schema to be valid and to explain itself. */
final class ApiRulesTest {
  private static final Pattern SELECTION =
      Pattern.compile("(?:self|oldSelf)\\.([A-Za-z_][A-Za-z0-9_]*)");

  /**
   * Lookarounds, back references, possessive and lazy repeats, atomic groups: what RE2 does not
   * have.
   */
  private static final Pattern BEYOND_RE2 =
      Pattern.compile("\\(\\?(?!:)|\\\\[1-9]|[*+?}][+]|\\\\[kpPQE]|&&");

  private static final Pattern REPEAT = Pattern.compile("\\{[0-9]*,?([0-9]+)}");

  static Stream<Grammar> records() {
    Map<String, Grammar> found = new TreeMap<>();
    Deliverables.ROOTS.forEach(
        root -> Grammar.of(root).fields().forEach(part -> collect(part.form(), found)));
    collect(new Form.Structure(Deliverables.INPUT), found);
    return found.values().stream();
  }

  private static void collect(Form form, Map<String, Grammar> found) {
    switch (form) {
      case Form.Structure structure -> {
        Grammar grammar = Grammar.of(structure.type());
        if (found.put(structure.type().getName(), grammar) == null) {
          grammar.fields().forEach(field -> collect(field.form(), found));
        }
      }
      case Form.Listing list -> collect(list.element(), found);
      case Form.Mapping map -> collect(map.value(), found);
      case Form.Text _,
          Form.TextRecord _,
          Form.Choice _,
          Form.Whole _,
          Form.Truth _,
          Form.Anything _ -> {}
    }
  }

  private static void eachField(Grammar grammar, BiConsumer<String, Field> check) {
    grammar
        .fields()
        .forEach(field -> check.accept(grammar.type().getSimpleName() + "." + field.name(), field));
  }

  @Test
  void everyKindIsSeen() {
    assertThat(records().map(grammar -> grammar.type().getSimpleName()))
        .contains(
            "PlatformClusterSpec",
            "PoolState",
            "MachineType",
            "GpuMachineSpec",
            "InstanceParameters",
            "RefusedOffer",
            "UsingResource",
            "ChartOverride");
  }

  @ParameterizedTest
  @MethodSource("records")
  void everythingIsDocumented(Grammar grammar) {
    assertThat(grammar.doc()).as(grammar.type().getName()).matches("[A-Z].*[.]");
    eachField(grammar, (name, field) -> assertThat(field.doc()).as(name).matches("[^ ].*[.]"));
  }

  @ParameterizedTest
  @MethodSource("records")
  void everyDefaultFitsItsField(Grammar grammar) {
    eachField(
        grammar,
        (name, field) ->
            field
                .standard()
                .ifPresent(value ->
                    assertThat(fits(value, field.form())).as("%s = %s", name, value).isTrue()));
  }

  private static boolean fits(Object value, Form form) {
    return switch (form) {
      case Form.Text text ->
          value instanceof String string
              && text.length().allow(string.length())
              && text.shape().stream().allMatch(shape -> shape.pattern().matcher(string).matches());
      case Form.TextRecord text ->
          value instanceof String string && text.shape().pattern().matcher(string).matches();
      case Form.Choice choice -> choice.names().contains(value);
      case Form.Whole whole -> value instanceof Long number && whole.bounds().allow(number);
      case Form.Truth _ -> value instanceof Boolean;
      case Form.Listing list ->
          value instanceof List<?> items
              && list.items().allow(items.size())
              && items.stream().allMatch(item -> fits(item, list.element()));
      case Form.Mapping map -> value.equals(Map.of()) && map.entries().allow(0);
      case Form.Anything _ -> value.equals(Map.of());
      // The API server takes a default only if it is valid before the defaults inside it are filled
      // in.
      case Form.Structure structure ->
          value.equals(Map.of()) && mayBeEmpty(Grammar.of(structure.type()));
    };
  }

  private static boolean mayBeEmpty(Grammar grammar) {
    return grammar.exactlyOne().isEmpty()
        && grammar.rules().isEmpty()
        && grammar.fields().stream().noneMatch(field -> field.presence() == Presence.REQUIRED);
  }

  @ParameterizedTest
  @MethodSource("records")
  void rulesSpeakOfFieldsThatExist(Grammar grammar) {
    List<String> names = grammar.fields().stream().map(Field::name).toList();
    grammar
        .exactlyOne()
        .forEach(group -> {
          assertThat(names).containsAll(group);
          assertThat(grammar.fields().stream().filter(field -> group.contains(field.name())))
              .allMatch(field -> field.presence() == Presence.OPTIONAL);
        });
    for (Rule rule : grammar.rules()) {
      Matcher selection = SELECTION.matcher(rule.cel());
      while (selection.find()) {
        assertThat(names).as(rule.cel()).contains(selection.group(1).replace("__", ""));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("records")
  void rulesAskForOptionalFieldsBeforeTheyReadThem(Grammar grammar) {
    for (Rule rule : grammar.rules()) {
      for (Field field : grammar.fields()) {
        boolean read =
            rule.cel()
                .replace("has(self." + field.name() + ")", "")
                .contains("self." + field.name());
        assertThat(
                read
                    && field.presence() == Presence.OPTIONAL
                    && !rule.cel().contains("has(self." + field.name()))
            .as("%s reads %s without has()", rule.cel(), field.name())
            .isFalse();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("records")
  void listsMergeByARequiredString(Grammar grammar) {
    eachField(
        grammar,
        (name, field) -> {
          if (field.form() instanceof Form.Listing list && list.key().isPresent()) {
            Grammar element = Grammar.of(((Form.Structure) list.element()).type());
            assertThat(element.fields())
                .as(name)
                .anyMatch(key ->
                    key.name().equals(list.key().get())
                        && key.presence() == Presence.REQUIRED
                        && key.form() instanceof Form.Text);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("records")
  void setsHoldStrings(Grammar grammar) {
    eachField(
        grammar,
        (name, field) -> {
          if (field.form() instanceof Form.Listing list && list.distinct()) {
            assertThat(list.element())
                .as(name)
                .isInstanceOfAny(Form.Text.class, Form.TextRecord.class);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("records")
  void patternsMeanTheSameToGo(Grammar grammar) {
    eachField(
        grammar, (name, field) -> shapes(field.form()).forEach(pattern -> isRe2(name, pattern)));
  }

  private static Stream<String> shapes(Form form) {
    return switch (form) {
      case Form.Text text -> text.shape().stream().map(shape -> shape.pattern().pattern());
      case Form.TextRecord text -> Stream.of(text.shape().pattern().pattern());
      case Form.Listing list -> shapes(list.element());
      case Form.Mapping map -> shapes(map.value());
      case Form.Choice _, Form.Whole _, Form.Truth _, Form.Anything _, Form.Structure _ ->
          Stream.of();
    };
  }

  private static void isRe2(String name, String pattern) {
    assertThat(pattern)
        .as(name)
        .doesNotContainPattern(BEYOND_RE2)
        .doesNotStartWith("^")
        .doesNotEndWith("$");
    Matcher repeat = REPEAT.matcher(pattern);
    while (repeat.find()) {
      assertThat(Integer.parseInt(repeat.group(1)))
          .as("%s repeats at most 1000 times", name)
          .isLessThanOrEqualTo(1000);
    }
  }

  @ParameterizedTest
  @MethodSource("records")
  void everyChoiceIsExplained(Grammar grammar) {
    eachField(
        grammar,
        (name, field) -> {
          if (field.form() instanceof Form.Choice choice) {
            assertThat(choice.names())
                .as(name)
                .allSatisfy(
                    member -> assertThat(field.doc()).containsPattern("\\b" + member + "\\b"));
          }
        });
  }
}
