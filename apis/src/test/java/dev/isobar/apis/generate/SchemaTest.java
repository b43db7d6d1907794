package dev.isobar.apis.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Distinct;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.ExactlyOne;
import dev.isobar.apis.schema.Fixed;
import dev.isobar.apis.schema.FreeForm;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Key;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import dev.isobar.apis.schema.Max;
import dev.isobar.apis.schema.Min;
import dev.isobar.apis.schema.Rule;
import dev.isobar.apis.schema.Size;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SchemaTest {
  @Doc("A scalar of each type.")
  @Rule(cel = "self.rows < 5 || self.watered", says = "many rows need water")
  record Scalars(
      @Doc("Name.") @Length(min = 2, max = 8) String name,
      @Doc("Country.") @Matches(value = "[a-z]{2}", says = "a code") Optional<String> country,
      @Doc("Fruit.") @Default("\"Apple\"") Fruit fruit,
      @Doc("Rows.") @Default("3") @Min(1) @Max(7) int rows,
      @Doc("Seeds.") Optional<Long> seeds,
      @Doc("Water.") @Default("true") boolean watered,
      @Doc("Tank.") Size tank) {}

  enum Fruit {
    Apple,
    Pear
  }

  @Test
  void scalarsOfASpec() {
    assertThat(YamlText.of(Schema.SPEC.of(Scalars.class)))
        .isEqualTo(
            """
            description: A scalar of each type.
            type: object
            x-kubernetes-validations:
            - rule: self.rows < 5 || self.watered
              message: many rows need water
            properties:
              name:
                description: Name.
                type: string
                minLength: 2
                maxLength: 8
              country:
                description: Country.
                type: string
                maxLength: 1024
                pattern: '^([a-z]{2})$'
              fruit:
                description: Fruit.
                type: string
                enum:
                - Apple
                - Pear
                default: Apple
              rows:
                description: Rows.
                type: integer
                format: int32
                default: 3
                minimum: 1
                maximum: 7
              seeds:
                description: Seeds.
                type: integer
                format: int64
              watered:
                description: Water.
                type: boolean
                default: true
              tank:
                description: Tank.
                type: string
                maxLength: 16
                pattern: '^([0-9]{1,9}(\\.[0-9]{1,3})?(Ki|Mi|Gi|Ti|Pi|k|M|G|T|P))$'
            required:
            - name
            - tank
            """);
  }

  @Doc("A container of each type.")
  record Containers(
      @Doc("Set.") @Distinct @Items(max = 3) @Default("[]") List<String> set,
      @Doc("Map.") @Key("name") @Items(min = 1, max = 3) List<Element> map,
      @Doc("Plain.") List<Map<String, Integer>> plain,
      @Doc("Labels.") @Items(max = 2) @Default("{}") Map<String, String> labels,
      @Doc("Free.") @FreeForm @Default("{}") Map<String, Object> free,
      @Doc("One.") Optional<Element> one) {}

  @Doc("An element.")
  @ExactlyOne({"namespace", "other"})
  record Element(
      @Doc("Name.") String name,
      @Doc("Namespace.") Optional<String> namespace,
      @Doc("Other.") Optional<String> other) {}

  @Test
  void containersOfAStatus() {
    assertThat(YamlText.of(Schema.STATUS.of(Containers.class)))
        .isEqualTo(
            """
            description: A container of each type.
            type: object
            properties:
              set:
                description: Set.
                type: array
                maxItems: 3
                x-kubernetes-list-type: set
                items:
                  type: string
              map:
                description: Map.
                type: array
                minItems: 1
                maxItems: 3
                x-kubernetes-list-type: map
                x-kubernetes-list-map-keys:
                - name
                items:
                  description: An element.
                  type: object
                  properties:
                    name:
                      description: Name.
                      type: string
                    namespace:
                      description: Namespace.
                      type: string
                    other:
                      description: Other.
                      type: string
                  required:
                  - name
              plain:
                description: Plain.
                type: array
                x-kubernetes-list-type: atomic
                items:
                  type: object
                  additionalProperties:
                    type: integer
                    format: int32
              labels:
                description: Labels.
                type: object
                maxProperties: 2
                additionalProperties:
                  type: string
              free:
                description: Free.
                type: object
                x-kubernetes-preserve-unknown-fields: true
              one:
                description: One.
                type: object
                properties:
                  name:
                    description: Name.
                    type: string
                  namespace:
                    description: Namespace.
                    type: string
                  other:
                    description: Other.
                    type: string
                required:
                - name
            required:
            - map
            """);
  }

  @Test
  void exactlyOneIsARuleOfTheObject() {
    assertThat(Schema.SPEC.of(Element.class).get("x-kubernetes-validations"))
        .isEqualTo(
            List.of(
                Map.of(
                    "rule", "(has(self.__namespace__) ? 1 : 0) + (has(self.other) ? 1 : 0) == 1",
                    "message", "set exactly one of namespace, other")));
  }

  @Doc("Fixed.")
  record Settled(@Doc("Where.") @Fixed(instead = "make another") Optional<String> where) {}

  @Test
  void whatIsFixedCannotComeOrGoEither() {
    assertThat(YamlText.of(Schema.SPEC.of(Settled.class)))
        .isEqualTo(
            """
            description: Fixed.
            type: object
            x-kubernetes-validations:
            - rule: has(self.where) == has(oldSelf.where)
              message: where cannot be added or removed; make another
            properties:
              where:
                description: Where.
                type: string
                x-kubernetes-validations:
                - rule: self == oldSelf
                  message: where cannot be changed; make another
                maxLength: 1024
            """);
  }

  @Doc("Settled later.")
  record SettledOnce(
      @Doc("Where.") @Fixed(instead = "make another", once = true) Optional<String> where,
      @Doc("Whom.") @Fixed(instead = "make another", once = true) @Items(max = 2) @Default("[]")
          List<String> whom) {}

  @Test
  void whatIsFixedOnceMayComeButNeitherGoNorChange() {
    assertThat(YamlText.of(Schema.SPEC.of(SettledOnce.class)))
        .isEqualTo(
            """
            description: Settled later.
            type: object
            x-kubernetes-validations:
            - rule: has(self.where) || !has(oldSelf.where)
              message: where cannot be removed; make another
            properties:
              where:
                description: Where.
                type: string
                x-kubernetes-validations:
                - rule: self == oldSelf
                  message: where cannot be changed; make another
                maxLength: 1024
              whom:
                description: Whom.
                type: array
                default: []
                x-kubernetes-validations:
                - rule: size(oldSelf) == 0 || self == oldSelf
                  message: whom cannot be changed; make another
                maxItems: 2
                x-kubernetes-list-type: atomic
                items:
                  type: string
                  maxLength: 1024
            """);
  }

  @Doc("Untraceable.")
  record Untraceable(@Doc("List.") List<Settled> list) {}

  @Test
  void nothingIsFixedInAnAtomicList() {
    assertThatThrownBy(() -> Schema.SPEC.of(Untraceable.class))
        .hasMessageContaining("where cannot be fixed inside an atomic list");
  }
}
