package dev.isobar.apis.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Mistakes are told on conditions and results, which show one line. */
final class MistakeTest {
  private static final Mistake VERSION =
      new Mistake("spec.version", "is missing", "set it to 1.35");
  private static final Mistake CLOUD = new Mistake("spec.cloud", "is missing", "name one");

  @Test
  void oneIsASentence() {
    assertThat(VERSION.sentence()).isEqualTo("spec.version: is missing; set it to 1.35");
    assertThat(Mistake.sentences(List.of(VERSION))).isEqualTo(VERSION.sentence());
  }

  @Test
  void whatNobodySeesIsSpelledOut() {
    assertThat(new Mistake("spec.a[\u001b[2J]", "\"\n\t\u2028\" is not allowed", "c").sentence())
        .isEqualTo("spec.a[\\u001b[2J]: \"\\n\\t\\u2028\" is not allowed; c");
  }

  @Test
  void severalAreNumbered() {
    assertThat(Mistake.sentences(List.of(VERSION, CLOUD)))
        .isEqualTo(
            "1) spec.version: is missing; set it to 1.35 2) spec.cloud: is missing; name one");
  }

  @Test
  void nobodyReadsMoreThanTwenty() {
    List<Mistake> many = new ArrayList<>();
    for (int i = 0; i < 23; i++) {
      many.add(CLOUD);
    }
    assertThat(Mistake.sentences(many)).endsWith("20) spec.cloud: is missing; name one and 3 more");
  }
}
