package dev.isobar.testbed.kubernetes;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.yaml.Plain;
import dev.isobar.cli.yaml.YamlText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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
   * @param words how it is shown when it is not
   * @return what was seen when it fulfilled the condition
   * @throws AssertionError when the time is over
   */
  public <T> T until(
      String condition, Supplier<T> look, Predicate<T> fulfils, Supplier<String> words) {
    long start = System.nanoTime();
    while (true) {
      T seen = look.get();
      if (fulfils.test(seen)) {
        return seen;
      }
      if (System.nanoTime() - start > limit.toNanos()) {
        throw new AssertionError(
            "after %d s it still does not hold that %s; last seen:%n%s"
                .formatted(limit.toSeconds(), condition, words.get()));
      }
      pause();
    }
  }

  /** The same, where what was seen shows itself. */
  public <T> T until(String condition, Supplier<T> look, Predicate<T> fulfils) {
    return until(condition, look, fulfils, () -> String.valueOf(look.get()));
  }

  /** Waits for an object to be there and to fulfil a condition. */
  public Tree until(
      Kubernetes kubernetes, Reference reference, String condition, Predicate<Tree> fulfils) {
    return until(
            reference + " " + condition,
            () -> kubernetes.find(reference),
            seen -> seen.filter(fulfils).isPresent(),
            () -> shown(kubernetes.find(reference)))
        .orElseThrow();
  }

  /** Waits for an object to be gone. */
  public void untilGone(Kubernetes kubernetes, Reference reference) {
    var _ =
        until(
            reference + " is gone",
            () -> kubernetes.find(reference),
            Optional::isEmpty,
            () -> shown(kubernetes.find(reference)));
  }

  private static String shown(Optional<Tree> object) {
    return object
        .map(tree -> YamlText.render(List.of(Plain.copy(withoutFields(tree)))))
        .orElse("  nothing: it does not exist");
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
