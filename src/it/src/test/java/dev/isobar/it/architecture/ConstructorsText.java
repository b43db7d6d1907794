package dev.isobar.it.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The source that calls the constructors of the kinds' records. */
final class ConstructorsText {
  static final Path FILE = Path.of("apis/src/main/java/dev/isobar/apis/decode/Constructors.java");

  private static final List<String> ROOMS =
      List.of("compute", "infrastructure", "platform", "schema", "settings", "workspace");

  private ConstructorsText() {}

  static String write() {
    List<Class<?>> records =
        Program.all().stream()
            .filter(ConstructorsText::isOfAKind)
            .map(JavaClass::reflect)
            .sorted(Comparator.comparing(Class::getName))
            .<Class<?>>map(type -> type)
            .toList();
    return SourceFormat.formatted(FILE, text(records));
  }

  private static boolean isOfAKind(JavaClass type) {
    return type.isRecord()
        && type.getModifiers().contains(JavaModifier.PUBLIC)
        && ROOMS.stream().anyMatch(room -> type.getPackageName().equals("dev.isobar.apis." + room));
  }

  private static String text(List<Class<?>> records) {
    String imports =
        records.stream()
            .map(type -> type.getNestHost().getName())
            .distinct()
            .map("import %s;\n"::formatted)
            .collect(Collectors.joining());
    String cases = records.stream().map(ConstructorsText::branch).collect(Collectors.joining("\n"));
    return """
    // Made from the records of apis by the tests of src/it; do not edit.
    // Make anew: mvn -pl src/it -am test -Dtest=ConstructorsTest \
    -Dsurefire.failIfNoSpecifiedTests=false -Disobar.regenerate=true
    package dev.isobar.apis.decode;

    %s
    import java.util.Optional;
    import org.jspecify.annotations.Nullable;

    /**
     * The constructors of the kinds' records. To call them by reflection makes a class for nearly
     * every one when it is called first, which took a sixth of a cold start.
     */
    final class Constructors {
      private Constructors() {}

      /** How a record is made of its components' values, when it is one of a kind. */
      static Optional<Maker> of(Class<? extends Record> type) {
        return Optional.ofNullable(known(type.getName()));
      }

      private static @Nullable Maker known(String type) {
        return switch (type) {
          %s
          default -> null;
        };
      }

      @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // whoever decodes has checked
      private static <T> T at(Object[] values, int index) {
        return (T) values[index];
      }
    }
    """
        .formatted(imports, cases);
  }

  private static String branch(Class<?> type) {
    String values =
        IntStream.range(0, type.getRecordComponents().length)
            .mapToObj("at(values, %d)"::formatted)
            .collect(Collectors.joining(", "));
    String name = type.getCanonicalName().substring(type.getPackageName().length() + 1);
    return "case \"%s\" -> values -> new %s(%s);".formatted(type.getName(), name, values);
  }
}
