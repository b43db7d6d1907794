package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Items;
import java.util.List;
import java.util.Map;

/** A label selector as Kubernetes has it; an empty one selects everything. */
@Doc("A label selector; an empty one selects everything.")
public record LabelSelector(
    @Doc("Labels that must have these values.") @Items(max = 32) @Default("{}")
        Map<String, String> matchLabels,
    @Doc("Further conditions, all of which must hold.") @Items(max = 32) @Default("[]")
        List<Expression> matchExpressions) {
  /** One condition on a label. */
  @Doc("A condition on one label.")
  public record Expression(
      @Doc("The label.") String key,
      @Doc(
              "In, NotIn: its value is, or is not, in the list. Exists, DoesNotExist: the label is,"
                  + " or is not, there.")
          Operator operator,
      @Doc("Values, for In and NotIn.") @Items(max = 64) @Default("[]") List<String> values) {}

  /** The relations; spelled as in the API. */
  public enum Operator {
    In,
    NotIn,
    Exists,
    DoesNotExist
  }
}
