package dev.isobar.function.compose.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.decode.Mistake;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MistakesTest {
  @Test
  void whatIsFoundTwiceIsToldOnce() {
    var mistakes = new Mistakes();
    mistakes.add("spec.b", "is wrong", "mend it");
    mistakes.add("spec.a", "is wrong", "mend it");
    mistakes.addAll(List.of(new Mistake("spec.b", "is wrong", "mend it")));
    assertThat(mistakes.all())
        .containsExactly(
            new Mistake("spec.b", "is wrong", "mend it"),
            new Mistake("spec.a", "is wrong", "mend it"));
  }
}
