package dev.isobar.it.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.it.architecture.Checkout;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds the example in the README to the files that the replay of examples holds to the truth. */
final class ReadmeExampleTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
  private static final Path EXAMPLE = Path.of("examples/openstack-gpu-lab");

  private final Checkout checkout = Checkout.here();

  @Test
  void showsTheClaimAsItIs() {
    assertThat(checkout.read(EXAMPLE.resolve("claim.yaml"))).contains(blocks("yaml").getFirst());
  }

  @Test
  void showsOutputAsItIs() {
    List<String> output = blocks("yaml").subList(1, blocks("yaml").size());
    assertThat(output)
        .isNotEmpty()
        .allSatisfy(
            block -> assertThat(checkout.read(EXAMPLE.resolve("expected.yaml"))).contains(block));
  }

  @Test
  void showsARefusalAsItIs() {
    List<String> refusals = checkout.files("expected.txt").stream().map(checkout::read).toList();
    assertThat(blocks("")).hasSize(1).allSatisfy(block -> assertThat(refusals).contains(block));
  }

  private List<String> blocks(String language) {
    String readme = checkout.read(Path.of("README.md"));
    String section = readme.substring(readme.indexOf("## An example"));
    String example = section.substring(0, section.indexOf("## What it promises"));
    return BLOCK
        .matcher(example)
        .results()
        .filter(block -> block.group(1).equals(language))
        .map((MatchResult block) -> block.group(2))
        .collect(Collectors.toList());
  }
}
