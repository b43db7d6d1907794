package dev.isobar.function.compose.plan;

import dev.isobar.apis.decode.Encoder;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks that no text of others is taken for a template: cloud-init renders the whole of a
 * machine's user data with Jinja before it reads it, so these signs would run, or end the start of
 * every machine. All texts are looked at, so that no field can be forgotten; add-ons never come
 * into user data.
 */
final class TemplateChecks {
  private static final Pattern SIGNS = Pattern.compile("\\{[{%#]");
  private static final String NOT_IN_USER_DATA = "addons";

  private final Mistakes mistakes;

  TemplateChecks(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  void check(PlatformClusterSpec spec, Settings settings) {
    Encoder.onlySet(spec)
        .forEach((field, value) -> {
          if (!field.equals(NOT_IN_USER_DATA)) {
            check(value, "spec." + field);
          }
        });
    check(Encoder.onlySet(settings.defaults()), "settings.defaults");
  }

  private void check(@Nullable Object value, String path) {
    switch (value) {
      case String text ->
          signs(text)
              .ifPresent(signs ->
                  mistakes.add(
                      path,
                      "has \""
                          + signs
                          + "\", which cloud-init takes for the beginning of a"
                          + " template when a machine starts",
                      "write it without"));
      case Map<?, ?> map ->
          map.forEach((key, entry) -> {
            check(String.valueOf(key), path);
            check(entry, place(path, String.valueOf(key)));
          });
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          check(list.get(i), path + "[" + i + "]");
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

  private static Optional<String> signs(String text) {
    Matcher found = SIGNS.matcher(text);
    return found.find() ? Optional.of(found.group()) : Optional.empty();
  }
}
