package dev.isobar.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of the suites on real systems says of each what it shows. */
final class SuiteRowsTest {
  private static final Path PAGE = Path.of("src/site/markdown/e2e.md");
  private static final Pattern NAME = Pattern.compile("\\b[A-Z]\\w+Test\\b");

  private final Checkout checkout = Checkout.here();

  @Test
  void everySuiteHasARow() {
    Set<String> suites =
        checkout.files("Test.java").stream()
            .filter(file -> file.startsWith("src/e2e"))
            .map(file -> file.getFileName().toString().replace(".java", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(rows()).isNotEmpty().isEqualTo(suites);
  }

  /** What the rows of its table name in their first cell. */
  private Set<String> rows() {
    List<String> table =
        checkout
            .read(PAGE)
            .lines()
            .dropWhile(line -> !line.startsWith("| suite |"))
            .takeWhile(line -> line.startsWith("|"))
            .toList();
    return table.stream()
        .map(row -> row.split("\\|", -1)[1])
        .flatMap(cell -> NAME.matcher(cell).results())
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
