package dev.isobar.function.compose.plan;

import dev.isobar.apis.decode.Mistake;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The mistakes found so far; planning goes on after one, so that the user sees all of them at once.
 */
public final class Mistakes {
  private final Set<Mistake> found = new LinkedHashSet<>();

  /** Notes a mistake; see {@link Mistake} for the three parts. */
  public void add(String path, String problem, String remedy) {
    found.add(new Mistake(path, problem, remedy));
  }

  /** Notes several mistakes. */
  public void addAll(Collection<Mistake> mistakes) {
    found.addAll(mistakes);
  }

  /** Whether nothing was found. */
  public boolean none() {
    return found.isEmpty();
  }

  /** All that was found, in the order of finding; what was found twice is told once. */
  public List<Mistake> all() {
    return List.copyOf(found);
  }
}
