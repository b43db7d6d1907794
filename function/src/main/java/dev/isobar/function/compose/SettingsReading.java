package dev.isobar.function.compose;

import dev.isobar.apis.settings.Settings;
import dev.isobar.function.compose.addon.Charts;
import dev.isobar.function.compose.plan.Mistakes;
import dev.isobar.function.decode.Decoded;
import dev.isobar.function.decode.Decoder;
import dev.isobar.function.decode.Nearest;
import dev.isobar.function.tree.Tree;
import java.util.Optional;
import java.util.Set;

/** Reads the settings of the installation: the input of the Composition's step. */
final class SettingsReading {
  private static final String PATH = "settings";
  private static final String API_VERSION = "isobar.fn.crossplane.io/v1alpha1";
  private static final String KIND = "Settings";
  private static final Decoder<Settings> DECODER =
      Decoder.of(Settings.class).ignoring(Set.of("apiVersion", "kind", "metadata"));

  private SettingsReading() {}

  static Optional<Settings> read(Tree input, Mistakes mistakes) {
    check(input, "apiVersion", API_VERSION, mistakes);
    check(input, "kind", KIND, mistakes);
    return switch (DECODER.decode(input, PATH)) {
      case Decoded.Valid<Settings>(var settings) -> {
        checkCharts(settings, mistakes);
        yield Optional.of(settings);
      }
      case Decoded.Invalid<Settings>(var wrong) -> {
        mistakes.addAll(wrong);
        yield Optional.empty();
      }
    };
  }

  private static void check(Tree input, String field, String wanted, Mistakes mistakes) {
    if (input.exists() && input.at(field).text().filter(wanted::equals).isEmpty()) {
      mistakes.add(
          PATH + "." + field,
          "is " + input.at(field).text().map(text -> "\"" + text + "\"").orElse("missing"),
          "set it to " + wanted);
    }
  }

  private static void checkCharts(Settings settings, Mistakes mistakes) {
    for (String name : settings.charts().keySet()) {
      if (!Charts.names().contains(name)) {
        mistakes.add(
            PATH + ".charts[" + name + "]",
            "there is no chart of this name",
            Nearest.remedy(name, Charts.names(), "there are"));
      }
    }
  }
}
