package dev.isobar.provider.kube.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.LabelSelector;
import dev.isobar.apis.compute.LabelSelector.Expression;
import dev.isobar.apis.compute.LabelSelector.Operator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SelectionTest {
  /** A selector, labels, and whether it selects them. */
  enum Row {
    EMPTY_SELECTS_EVERYTHING(new LabelSelector(Map.of(), List.of()), Map.of(), true),
    SAME_VALUE(equal(), Map.of("team", "eo", "more", "x"), true),
    OTHER_VALUE(equal(), Map.of("team", "ml"), false),
    NO_LABEL(equal(), Map.of(), false),
    IN(where(Operator.In, "eo", "ml"), Map.of("team", "ml"), true),
    IN_WITHOUT_LABEL(where(Operator.In, "eo"), Map.of(), false),
    NOT_IN(where(Operator.NotIn, "eo"), Map.of("team", "ml"), true),
    NOT_IN_WITHOUT_LABEL(where(Operator.NotIn, "eo"), Map.of(), true),
    NOT_IN_BUT_IS(where(Operator.NotIn, "eo"), Map.of("team", "eo"), false),
    EXISTS(where(Operator.Exists), Map.of("team", ""), true),
    EXISTS_NOT(where(Operator.DoesNotExist), Map.of("team", ""), false),
    ALL_MUST_HOLD(
        new LabelSelector(
            Map.of("team", "eo"), List.of(new Expression("gpu", Operator.Exists, List.of()))),
        Map.of("team", "eo"),
        false);

    private final LabelSelector selector;
    private final Map<String, String> labels;
    private final boolean selected;

    Row(LabelSelector selector, Map<String, String> labels, boolean selected) {
      this.selector = selector;
      this.labels = labels;
      this.selected = selected;
    }

    private static LabelSelector equal() {
      return new LabelSelector(Map.of("team", "eo"), List.of());
    }

    private static LabelSelector where(Operator operator, String... values) {
      return new LabelSelector(
          Map.of(), List.of(new Expression("team", operator, List.of(values))));
    }
  }

  @ParameterizedTest
  @EnumSource(Row.class)
  void selects(Row row) {
    assertThat(Selection.selects(row.selector, row.labels)).isEqualTo(row.selected);
  }
}
