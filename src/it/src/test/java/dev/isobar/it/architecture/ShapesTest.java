package dev.isobar.it.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What types look like and what they are called. */
final class ShapesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {Program.APIS, Program.FUNCTION, Program.PROVIDER, Program.PACKAGING, Program.CLI})
  void theRulesSeeEveryModule(String module) {
    assertThat(Program.written().that(resideInAPackage(module)))
        .as("classes of %s that the rules look at", module)
        .isNotEmpty();
  }

  @Test
  void apisHoldDataOnly() {
    classes()
        .that()
        .resideInAPackage(Program.APIS)
        .and(not(resideInAnyPackage("dev.isobar.apis.decode..", "dev.isobar.apis.tree..")))
        .should(beData())
        .because(
            "a kind is a value: records, enums, sealed interfaces, annotations, and the resource"
                + " itself; only what reads and writes them is none")
        .check(Program.written());
  }

  @Test
  void namesSayWhatATypeIs() {
    noClasses()
        .should()
        .haveNameMatching(".*(Utils?|Helpers?|Impl|Manager|Data|Info)")
        .because("such a name fits everything and so says nothing")
        .check(Program.written());
  }

  @Test
  void simpleNamesAreUnique() {
    Map<String, List<String>> byName =
        Program.written().stream()
            .filter(type -> type.getEnclosingClass().isEmpty())
            .collect(
                Collectors.groupingBy(
                    JavaClass::getSimpleName,
                    TreeMap::new,
                    Collectors.mapping(JavaClass::getName, Collectors.toList())));
    byName.values().removeIf(types -> types.size() == 1);
    assertThat(byName).as("names with two meanings").isEmpty();
  }

  private static ArchCondition<JavaClass> beData() {
    return new ArchCondition<>(
        "be a record, an enum, a sealed interface, an annotation or a CustomResource") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (!isData(type)) {
          events.add(
              SimpleConditionEvent.violated(type, type.getDescription() + " is none of these"));
        }
      }
    };
  }

  private static boolean isData(JavaClass type) {
    if (type.isAnnotation() || type.isRecord() || type.isAssignableTo(Enum.class)) {
      return true;
    }
    if (type.isInterface()) {
      return type.reflect().isSealed();
    }
    return type.isAssignableTo("io.fabric8.kubernetes.client.CustomResource");
  }
}
