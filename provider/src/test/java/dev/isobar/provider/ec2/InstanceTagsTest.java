package dev.isobar.provider.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.provider.external.Subject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class InstanceTagsTest {
  private static Map<String, String> made(Map<String, String> tags) {
    return new TreeMap<>(InstanceTags.atCreation(Wish.SUBJECT, wish(tags).parameters()));
  }

  private static Wish wish(Map<String, String> tags) {
    Wish wish = Wish.machine();
    wish.tags.putAll(tags);
    return wish;
  }

  private static InstanceTags.Difference difference(
      Map<String, String> wanted, Map<String, String> found) {
    return InstanceTags.difference(Wish.SUBJECT, wish(wanted).parameters(), found);
  }

  @Test
  void whatWasMadeDoesNotDiffer() {
    Map<String, String> tags = Map.of("team", "eo", "Name", "mine");
    assertThat(difference(tags, made(tags)).none()).isTrue();
    assertThat(difference(Map.of(), made(Map.of())).none()).isTrue();
  }

  @Test
  void othersTagsStay() {
    Map<String, String> found = made(Map.of("team", "eo"));
    found.put("cost-centre", "42");
    found.put("aws:autoscaling:groupName", "x");
    assertThat(difference(Map.of("team", "eo"), found).none()).isTrue();
  }

  @Test
  void tagsThatLeftTheSpecGo() {
    Map<String, String> found = made(Map.of("team", "eo", "run", "7"));
    found.put("cost-centre", "42");
    InstanceTags.Difference difference = difference(Map.of("team", "eo"), found);
    assertThat(difference.surplus()).isEqualTo(Set.of("run"));
    assertThat(difference.wanted()).containsOnlyKeys(InstanceTags.GIVEN);
    assertThat(difference(Map.of(), found).surplus())
        .isEqualTo(Set.of("run", "team", InstanceTags.GIVEN));
  }

  @Test
  void changedAndMissingTagsAreSetAgain() {
    Map<String, String> found = made(Map.of("team", "eo"));
    found.put("team", "x");
    found.remove("crossplane-name");
    InstanceTags.Difference difference = difference(Map.of("team", "eo"), found);
    assertThat(difference.wanted()).isEqualTo(Map.of("team", "eo", "crossplane-name", "one"));
    assertThat(difference.asFound()).isEqualTo("{team=x}");
  }

  @Test
  void aMachineThatIsTakenOverKeepsItsName() {
    Map<String, String> found = made(Map.of());
    found.put("Name", "pet");
    assertThat(difference(Map.of(), found).none()).isTrue();
  }

  @Test
  void theLongestNameFitsIntoATag() {
    var subject =
        new Subject(
            "uid-1",
            "n".repeat(63),
            "a".repeat(243) + "-pool-1-xy",
            Optional.empty(),
            Map.of(Subject.UID_TAG, "uid-1"));
    String name =
        InstanceTags.atCreation(subject, Wish.machine().parameters()).getOrDefault("Name", "");
    assertThat(name)
        .isEqualTo("n".repeat(63) + "/" + "a".repeat(62) + "..." + "a".repeat(116) + "-pool-1-xy")
        .hasSizeLessThanOrEqualTo(256);
  }

  @Test
  void theMemoryOfFortyKeysFitsIntoATag() {
    Map<String, String> tags = new TreeMap<>();
    IntStream.range(0, 40).forEach(number -> tags.put("key-" + number, "v"));
    assertThat(made(tags).get(InstanceTags.GIVEN)).hasSizeLessThanOrEqualTo(256);
  }
}
