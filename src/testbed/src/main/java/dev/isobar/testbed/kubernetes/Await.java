package dev.isobar.testbed.kubernetes;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.yaml.Plain;
import dev.isobar.cli.yaml.YamlText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Waits for a condition; when it does not come true, says which, and how things were last.
 *
 * @param limit how long
 */
public record Await(Duration limit) {
  /** Long enough for anything on a machine that is busy with other suites. */
  public static final Await PATIENT = new Await(Duration.ofMinutes(4));

  private static final Duration PAUSE = Duration.ofMillis(150);

  /**
   * Looks again and again.
   *
   * @param condition in words, as in "claim is Ready"
   * @param look what there is
   * @param fulfils whether that is what is waited for
   * @param words how what was seen last is shown when it does not
   * @return what was seen when it fulfilled the condition
   * @throws AssertionError when the time is over, or when it cannot be looked
   */
  public <T> T until(
      String condition, Supplier<T> look, Predicate<T> fulfils, Function<T, String> words) {
    long start = System.nanoTime();
    while (true) {
      T seen = seen(condition, look);
      if (fulfils.test(seen)) {
        return seen;
      }
      if (System.nanoTime() - start > limit.toNanos()) {
        throw new AssertionError(
            "after %d s it still does not hold that %s; last seen:%n%s"
                .formatted(limit.toSeconds(), condition, words.apply(seen)));
      }
      pause();
    }
  }

  /** The same, where what was seen shows itself. */
  public <T> T until(String condition, Supplier<T> look, Predicate<T> fulfils) {
    return until(condition, look, fulfils, String::valueOf);
  }

  private static <T> T seen(String condition, Supplier<T> look) {
    try {
      return look.get();
    } catch (RuntimeException | AssertionError failure) {
      throw new AssertionError("nobody can see whether " + condition, failure);
    }
  }

  /** Waits for an object to be there and to fulfil a condition. */
  public Tree until(
      Kubernetes kubernetes, Reference reference, String condition, Predicate<Tree> fulfils) {
    return until(
            reference + " " + condition,
            () -> kubernetes.find(reference),
            seen -> seen.filter(fulfils).isPresent(),
            seen -> shown(kubernetes, seen))
        .orElseThrow();
  }

  /** Waits for an object to be gone. */
  public void untilGone(Kubernetes kubernetes, Reference reference) {
    var _ =
        until(
            reference + " is gone",
            () -> kubernetes.find(reference),
            Optional::isEmpty,
            seen -> shown(kubernetes, seen));
  }

  /** A claim is shown with its composite, which core tells more of. */
  private static String shown(Kubernetes kubernetes, Optional<Tree> object) {
    String claimed =
        object
            .map(tree -> tree.at("spec", "resourceRef"))
            .filter(ref -> ref.at("name").exists())
            .flatMap(ref -> kubernetes.find(composite(ref)))
            .map(composite -> "---\n" + yaml(composite))
            .orElse("");
    return object.map(Await::yaml).orElse("  nothing: it does not exist") + claimed;
  }

  private static Reference composite(Tree ref) {
    return new Kind(ref.at("apiVersion").text().orElse(""), ref.at("kind").text().orElse(""))
        .named(ref.at("name").text().orElse(""));
  }

  private static String yaml(Tree object) {
    return YamlText.render(List.of(Plain.copy(withoutFields(object))));
  }

  /** Managed fields tell nothing to a reader. */
  private static Object withoutFields(Tree tree) {
    var copy = Plain.copy(tree.plain());
    var metadata = Plain.copy(copy.get("metadata"));
    metadata.remove("managedFields");
    copy.put("metadata", metadata);
    return copy;
  }

  private static void pause() {
    try {
      TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
  }
}
