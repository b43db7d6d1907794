package dev.isobar.apis.decode;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Distinct;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.ExactlyOne;
import dev.isobar.apis.schema.FreeForm;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Key;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import dev.isobar.apis.schema.Max;
import dev.isobar.apis.schema.Min;
import dev.isobar.apis.schema.Size;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An API with one field of every form. */
public record Orchard(
    @Doc("What it is called. Kept for ever.") @Length(min = 2, max = 8) String name,
    @Doc("Kind of fruit.") @Default("\"Apple\"") Fruit fruit,
    @Doc("Rows.") @Default("3") @Min(1) @Max(7) int rows,
    @Doc("Seeds.") Optional<Long> seeds,
    @Doc("Whether it is watered.") @Default("true") boolean watered,
    @Doc("Where it is.") @Matches(value = "[a-z]{2}", says = "a country code such as de")
        Optional<String> country,
    @Doc("Water in store.") @Default("\"5Gi\"") Size water,
    @Doc("Visitors.") @Distinct @Items(max = 3) @Default("[]") List<String> visitors,
    @Doc("Trees.") @Key("tag") @Items(max = 3) @Default("[]") List<Plant> trees,
    @Doc("Layouts.") @Items(min = 1, max = 2) @Min(1) @Max(9)
        Optional<List<Map<String, Integer>>> layouts,
    @Doc("Labels.")
        @Items(max = 2)
        @Default("{}")
        @Matches(value = "[a-z]+", says = "lower-case letters")
        Map<String, String> labels,
    @Doc("Anything.") @FreeForm @Default("{}") Map<String, Object> values,
    @Doc("How it is fenced.") @Default("{}") Fence fence,
    @Doc("What was seen.") List<Plant> seen) {
  /** Fruit. */
  public enum Fruit {
    Apple,
    Pear,
    Cherry
  }

  /** A tree. */
  @ExactlyOne({"age", "planted"})
  public record Plant(
      @Doc("Its tag.") String tag,
      @Doc("Years.") Optional<Integer> age,
      @Doc("When it was planted.") Optional<String> planted) {}

  /** A fence. */
  public record Fence(
      @Doc("Height in centimetres.") @Default("120") int height,
      @Doc("Its gate.") Optional<Gate> gate) {}

  /** A gate. */
  public record Gate() {}
}
