package dev.isobar.provider.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of conditions tells of every reason and annotation, and of none that does not exist. */
final class ReasonTest {
  /** Tests run in the folder of their module. */
  private static final Path PAGE = Path.of("../src/site/markdown/instances.md");

  private static List<String[]> rows() throws IOException {
    try (Stream<String> lines = Files.lines(PAGE)) {
      return lines
          .filter(line ->
              line.startsWith("| Ready") || line.startsWith("| Synced") || line.startsWith("| | "))
          .map(line -> line.split("\\|", -1))
          .toList();
    }
  }

  @Test
  void thePageExplainsEveryReason() throws IOException {
    Set<String> explained =
        rows().stream()
            .map(cells -> cells[3].strip())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(explained)
        .containsExactlyInAnyOrderElementsOf(Stream.of(Reason.values()).map(Enum::name).toList());
  }

  @Test
  void thePageExplainsEveryAnnotationOfOurs() throws IOException, IllegalAccessException {
    String page = Files.readString(PAGE);
    for (var field : Annotations.class.getDeclaredFields()) {
      if (Modifier.isPublic(field.getModifiers()) && field.get(null) instanceof String name) {
        String last = name.substring(name.lastIndexOf('-') + 1);
        assertThat(page).as(name).contains(name.startsWith("isobar.dev/") ? name : last);
      }
    }
  }
}
