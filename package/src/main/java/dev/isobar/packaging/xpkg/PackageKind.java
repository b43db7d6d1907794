package dev.isobar.packaging.xpkg;

import java.util.List;
import java.util.Locale;

/** Our packages, those first that others need. */
public enum PackageKind {
  FUNCTION_ISOBAR("function", ""),
  PROVIDER_ISOBAR("provider", "instances"),
  /** App teams write claims. */
  CONFIGURATION_ISOBAR("configuration", "openstack-gpu-lab gpu-workspace"),
  /** App teams write composites. */
  CONFIGURATION_ISOBAR_NAMESPACED(
      "configuration-namespaced", "openstack-namespaced gpu-workspace-namespaced");

  private final String folder;

  /** Separated by blanks, because an enum should hold nothing that can change. */
  private final String stories;

  PackageKind(String folder, String stories) {
    this.folder = folder;
    this.stories = stories;
  }

  /** Its name, and that of its repository. */
  public String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Where its metadata is, in the folder of packages. */
  String folder() {
    return folder;
  }

  /** Folders of examples that show what it is for. */
  List<String> stories() {
    return stories.isEmpty() ? List.of() : List.of(stories.split(" ", -1));
  }
}
