package dev.isobar.provider.kube.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.decide.ObjectKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class MirrorTest {
  private static final ObjectKey KEY = new ObjectKey("lab", "one");

  private final List<String> told = new ArrayList<>();
  private final Mirror<String> mirror =
      new Mirror<>(
          object -> object.content().at("word").text(),
          (key, before, after) ->
              told.add(key + " " + before.orElse("-") + " -> " + after.orElse("-")));

  private static ApiObject object(String version, String word) {
    return new ApiObject(
        KEY,
        "uid",
        version,
        1,
        Instant.EPOCH,
        Optional.empty(),
        Map.of(),
        Map.of(),
        List.of(),
        Optional.empty(),
        Tree.of(Map.of("word", word)));
  }

  @Test
  void whatOthersDoIsTold() {
    assertThat(mirror.show(object("1", "a"))).isNull();
    assertThat(mirror.show(object("2", "b"))).isEqualTo("1");
    assertThat(mirror.hide(KEY)).isEqualTo("2");
    assertThat(told).containsExactly("lab/one - -> a", "lab/one a -> b", "lab/one b -> -");
    assertThat(mirror.size()).isZero();
  }

  @Test
  void ourOwnWritesAreKnownAtOnceAndNoNews() {
    var _ = mirror.show(object("9", "a"));
    mirror.takeOver(KEY, "10", "b");
    assertThat(mirror.get(KEY)).contains("b");
    assertThat(mirror.show(object("10", "b"))).isEqualTo("10");
    assertThat(told).containsExactly("lab/one - -> a");
  }

  @Test
  void whatIsOlderThanOurOwnWriteIsNotShown() {
    var _ = mirror.show(object("9", "a"));
    mirror.takeOver(KEY, "11", "c");
    var _ = mirror.show(object("10", "b"));
    assertThat(mirror.get(KEY)).contains("c");
  }

  @Test
  void anAnswerThatComesAfterTheEndBringsNothingBack() {
    var _ = mirror.show(object("1", "a"));
    var _ = mirror.hide(KEY);
    mirror.takeOver(KEY, "2", "b");
    assertThat(mirror.get(KEY)).isEmpty();
  }

  @Test
  void anAnswerThatComesLateTakesNothingBack() {
    var _ = mirror.show(object("1", "a"));
    var _ = mirror.show(object("12", "c"));
    mirror.takeOver(KEY, "2", "b");
    assertThat(mirror.get(KEY)).contains("c");
  }

  @Test
  void whatCannotBeReadIsAsIfItWereNotThereButIsRemembered() {
    var unread = new Mirror<String>(_ -> Optional.empty(), (_, _, _) -> {});
    var _ = unread.show(object("1", "a"));
    assertThat(unread.get(KEY)).isEmpty();
    assertThat(unread.all()).isEmpty();
    assertThat(unread.keys()).containsExactly(KEY);
    assertThat(unread.version(KEY)).isEqualTo("1");
  }

  @Test
  void aFaultOfOursInReadingIsCountedAndEndsNothing() {
    var faults = new AtomicInteger();
    var broken =
        new Mirror<String>(
            _ -> {
              throw new IllegalStateException("of a test");
            },
            (_, _, _) -> {},
            faults::incrementAndGet);
    assertThat(broken.show(object("1", "a"))).isNull();
    assertThat(broken.show(object("2", "a"))).isEqualTo("1");
    assertThat(broken.all()).isEmpty();
    assertThat(faults).hasValue(2);
  }
}
