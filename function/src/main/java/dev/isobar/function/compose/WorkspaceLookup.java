package dev.isobar.function.compose;

import dev.isobar.function.contract.Requirement;
import java.util.Optional;
import java.util.TreeMap;

/** How the objects that app teams write are looked up: in both flavours they are of one kind. */
final class WorkspaceLookup {
  static final String API_VERSION = "platform.isobar.dev/v1alpha1";

  private WorkspaceLookup() {}

  /** All GpuWorkspaces of a namespace. */
  static Requirement all(String name, String namespace) {
    return new Requirement(
        name,
        API_VERSION,
        "GpuWorkspace",
        new Requirement.Selection.ByLabels(new TreeMap<>()),
        Optional.of(namespace));
  }
}
