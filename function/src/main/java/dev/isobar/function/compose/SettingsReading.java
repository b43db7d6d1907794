package dev.isobar.function.compose;

import dev.isobar.apis.decode.Decoded;
import dev.isobar.apis.decode.Decoder;
import dev.isobar.apis.decode.Nearest;
import dev.isobar.apis.settings.Settings;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.plan.AddonName;
import dev.isobar.function.compose.plan.ChartTable;
import dev.isobar.function.compose.plan.Mistakes;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

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
    settings
        .charts()
        .forEach((addon, override) -> {
          String place = PATH + ".charts[" + addon + "]";
          if (ChartTable.charts(addon).isEmpty()) {
            mistakes.add(place, "there is no add-on of this name", addonRemedy(addon));
          } else {
            checkChart(addon, override.chart(), place + ".chart", mistakes);
          }
        });
  }

  private static String addonRemedy(String name) {
    return ChartTable.chart(name)
        .map(row -> row.addon().text())
        .map(addon ->
            name
                + " is the chart of add-on "
                + addon
                + ": write "
                + addon
                + ": {chart: "
                + name
                + "}")
        .orElseGet(() -> Nearest.remedy(name, AddonName.charted(), "there are"));
  }

  /** An add-on that may be one of several charts has no version that suits all of them. */
  private static void checkChart(
      String addon, Optional<String> chart, String path, Mistakes mistakes) {
    SortedSet<String> charts = ChartTable.charts(addon);
    if (chart.isEmpty() && charts.size() > 1) {
      mistakes.add(
          path,
          "is missing, and " + addon + " may be any of several charts",
          "set it to the one that is meant: " + String.join(" or ", charts));
    }
    chart
        .filter(name -> !charts.contains(name))
        .ifPresent(name ->
            mistakes.add(
                path,
                addon + " is never chart \"" + name + "\"",
                Nearest.remedy(name, charts, "there are")));
  }
}
