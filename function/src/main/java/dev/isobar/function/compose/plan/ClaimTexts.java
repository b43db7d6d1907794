package dev.isobar.function.compose.plan;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** All texts of a claim with their places, so that no field can be forgotten. */
final class ClaimTexts {
  private ClaimTexts() {}

  /**
   * Looks at every text below a value, and at the keys that users choose.
   *
   * @param look is called with the place and the text; a key stands where its object does
   */
  static void each(@Nullable Object value, String path, BiConsumer<String, String> look) {
    switch (value) {
      case String text -> look.accept(path, text);
      case Map<?, ?> map ->
          map.forEach((key, entry) -> {
            look.accept(path, String.valueOf(key));
            each(entry, place(path, String.valueOf(key)), look);
          });
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          each(list.get(i), path + "[" + i + "]", look);
        }
      }
      case null, default -> {}
    }
  }

  /** Keys of the user's stand in brackets, as everywhere. */
  private static String place(String path, String key) {
    return path.endsWith(".labels") || path.endsWith(".apiServerFlags")
        ? path + "[" + key + "]"
        : path + "." + key;
  }
}
