package dev.isobar.it.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.it.architecture.Checkout;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Pages have people ask kubectl for Crossplane's packages by the names that no other API has.
 * Cluster API's {@code clusterctl} brings a kind Provider as well, in a group that comes before
 * Crossplane's, and kubectl takes the first one that has a name.
 */
final class WholeNamesTest {
  private static final Pattern LINE = Pattern.compile("kubectl [^`\\n]*");
  private static final Pattern CONTINUED = Pattern.compile("\\\\\\n\\s*");
  private static final Pattern SHORT =
      Pattern.compile("(?<=[ ,])(?:provider|function|configuration)(?:s|revisions?)?(?=[ ,/]|$)");

  private final Checkout checkout = Checkout.here();

  @Test
  void noPageHasAShortOne() {
    List<Path> pages =
        checkout.files(".md").stream()
            .filter(file -> !file.equals(Path.of("CHANGELOG.md")))
            .toList();
    assertThat(pages.stream().flatMap(page -> lines(checkout.read(page))))
        .as("lines for kubectl")
        .hasSizeGreaterThan(20)
        .noneMatch(WholeNamesTest::isShort);
  }

  @ParameterizedTest
  @CsvSource({
    "kubectl patch provider acme-x --type merge, true, kubectl looks for one of Cluster API",
    "'kubectl wait provider,function --all', true, in a list too",
    "kubectl delete functions/acme-x, true, whoever brings functions as well",
    "kubectl get providerrevisions, true, and what is made of them",
    "kubectl patch providers.pkg.crossplane.io acme-x, false, only Crossplane has it",
    "kubectl wait x --all # which the configuration has brought, false, what is said of a line",
    "kubectl logs deployment/provider-isobar, false, names of ours",
    "kubectl get providerconfigs, false, another kind"
  })
  void whatIsShort(String line, boolean expected, String why) {
    assertThat(lines(line)).as(why).extracting(WholeNamesTest::isShort).containsExactly(expected);
  }

  private static boolean isShort(String line) {
    return SHORT.matcher(line).find();
  }

  /** Without what is said of them. */
  private static Stream<String> lines(String page) {
    return LINE.matcher(CONTINUED.matcher(page).replaceAll(""))
        .results()
        .map(MatchResult::group)
        .map(line -> line.replaceFirst("\\s+# .*$", ""));
  }
}
