package dev.isobar.function.compose.plan;

import dev.isobar.apis.platform.Addons;
import dev.isobar.apis.platform.ExtraAddon;
import dev.isobar.function.decode.Nearest;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Checks the app team's own add-ons: their names, and that they do not wait for each other in a circle. */
final class AddonChecks {
  private final Addons addons;
  private final Mistakes mistakes;

  AddonChecks(Addons addons, Mistakes mistakes) {
    this.addons = addons;
    this.mistakes = mistakes;
  }

  void check() {
    Set<String> known = new TreeSet<>(AddonName.names());
    addons.extra().forEach(extra -> known.add(extra.name()));
    for (int i = 0; i < addons.extra().size(); i++) {
      ExtraAddon extra = addons.extra().get(i);
      String path = "spec.addons.extra[" + i + "]";
      if (AddonName.names().contains(extra.name())) {
        mistakes.add(
            path + ".name", extra.name() + " is the name of an add-on of Isobar", "choose another name");
      }
      for (int j = 0; j < extra.dependsOn().size(); j++) {
        String other = extra.dependsOn().get(j);
        if (!known.contains(other)) {
          mistakes.add(
              path + ".dependsOn[" + j + "]",
              "there is no add-on \"" + other + "\"",
              Nearest.remedy(other, known, "there are"));
        }
      }
      if (reaches(extra.name(), extra.name(), new HashSet<>())) {
        mistakes.add(
            path + ".dependsOn",
            extra.name() + " waits for itself, directly or through others",
            "remove one of the dependencies in the circle");
      }
    }
  }

  private boolean reaches(String from, String goal, Set<String> seen) {
    Map<String, ExtraAddon> byName =
        addons.extra().stream()
            .collect(Collectors.toMap(ExtraAddon::name, Function.identity(), (first, _) -> first));
    ExtraAddon extra = byName.get(from);
    if (extra == null || !seen.add(from)) {
      return false;
    }
    return extra.dependsOn().stream()
        .anyMatch(other -> other.equals(goal) || reaches(other, goal, seen));
  }
}
