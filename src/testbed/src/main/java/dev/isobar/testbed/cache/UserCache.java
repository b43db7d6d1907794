package dev.isobar.testbed.cache;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The folder of the user's that outlives every checkout. */
public final class UserCache {
  private UserCache() {}

  /** {@code $ISOBAR_CACHE}, else the custom of the system: {@code $XDG_CACHE_HOME} or ~/.cache. */
  public static Path folder(Map<String, String> environment, Path home) {
    return given(environment, "ISOBAR_CACHE")
        .orElseGet(() ->
            given(environment, "XDG_CACHE_HOME").orElse(home.resolve(".cache")).resolve("isobar"))
        .toAbsolutePath();
  }

  private static Optional<Path> given(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable))
        .filter(value -> !value.isBlank())
        .map(Path::of);
  }
}
