package dev.isobar.bench.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.bench.floor.Recipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SituationsTest {
  private static final List<Situation> ALL = Situations.of(Story.read(example()));

  @Test
  void areFewOrManyResourcesOrNone() {
    assertThat(ALL).extracting(Situation::name).containsExactly("settled", "first", "large");
    assertThat(named("settled").observed()).isBetween(30, 40);
    assertThat(named("first").observed()).isZero();
    assertThat(named("large").observed()).isBetween(110, 130);
  }

  @Test
  void restWhereTheirNameSaysSo() {
    for (String name : List.of("settled", "large")) {
      Situation situation = named(name);
      assertThat(situation.ready()).as(name).isTrue();
      assertThat(situation.status().at("stage").text()).as(name).contains("Ready");
      assertThat(situation.composed()).as(name).hasSize(situation.observed());
    }
  }

  @Test
  void becomeRecipesThatLookValuesUp() {
    String recipe = Recipe.write(List.of(named("settled")));
    assertThat(recipe)
        .contains("\"uid\": \"" + named("settled").uid() + '"')
        .contains("\"from\": \"composite\"", "\"from\": \"cloud\"");
  }

  private static Situation named(String name) {
    return ALL.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  private static Path example() {
    return Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
        .map(folder -> folder.resolve("examples/openstack-gpu-lab"))
        .filter(Files::isDirectory)
        .findFirst()
        .orElseThrow();
  }
}
