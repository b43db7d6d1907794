package dev.isobar.it.specification;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CoverageTest {
  private static final List<Class<?>> SUITE =
      List.of(
          ServingTest.class,
          ConfigurationTest.class,
          TransportSecurityTest.class,
          RobustnessTest.class,
          OperationTest.class);

  @Test
  void everyDemandIsTestedOrSaysWhyNot() {
    Set<Clause> tested = EnumSet.noneOf(Clause.class);
    for (Class<?> tests : SUITE) {
      for (Method test : tests.getDeclaredMethods()) {
        Demands demands = test.getAnnotation(Demands.class);
        if (demands != null) {
          tested.addAll(List.of(demands.value()));
        }
      }
    }
    Set<Clause> excused = EnumSet.noneOf(Clause.class);
    Arrays.stream(Clause.values())
        .filter(clause -> clause.testedElsewhere().isPresent())
        .forEach(excused::add);
    assertThat(tested).as("tested, and not excused as well").doesNotContainAnyElementsOf(excused);
    tested.addAll(excused);
    assertThat(tested).containsExactlyInAnyOrder(Clause.values());
  }
}
