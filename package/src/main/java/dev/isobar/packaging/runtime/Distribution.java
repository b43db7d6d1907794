package dev.isobar.packaging.runtime;

import java.util.Locale;

/** Who made a package of the C library. */
enum Distribution {
  DEBIAN("Debian"),
  UBUNTU("Ubuntu");

  private final String words;

  Distribution(String words) {
    this.words = words;
  }

  /**
   * By its version, which tells more than the machine does: packages are named with {@code --libc}
   * too, and whoever derives from Ubuntu has this one unchanged. Ubuntu marks the version of what
   * it changes, and has never taken this library from Debian as it is.
   */
  static Distribution of(String version) {
    return version.contains("ubuntu") ? UBUNTU : DEBIAN;
  }

  /** As package URLs write it. */
  String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As people write it. */
  String words() {
    return words;
  }
}
