package dev.isobar.function.compose.plan;

import dev.isobar.apis.decode.Encoder;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.settings.Settings;
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
    ClaimTexts.each(
        value,
        path,
        (place, text) ->
            signs(text)
                .ifPresent(signs ->
                    mistakes.add(
                        place,
                        "has \""
                            + signs
                            + "\", which cloud-init takes for the beginning of a"
                            + " template when a machine starts",
                        "write it without")));
  }

  private static Optional<String> signs(String text) {
    Matcher found = SIGNS.matcher(text);
    return found.find() ? Optional.of(found.group()) : Optional.empty();
  }
}
