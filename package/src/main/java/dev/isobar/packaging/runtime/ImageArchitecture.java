package dev.isobar.packaging.runtime;

import dev.isobar.packaging.CannotPackage;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What machines an image is for: those of the JDK that links its runtime, because jlink takes the
 * parts from the JDK that it belongs to.
 */
public enum ImageArchitecture {
  AMD64("amd64", "lib/x86_64-linux-gnu", "lib64/ld-linux-x86-64.so.2"),
  ARM64("aarch64", "lib/aarch64-linux-gnu", "lib/ld-linux-aarch64.so.1");

  /** As Java calls it. */
  private final String java;

  private final String libraries;
  private final String loader;

  ImageArchitecture(String java, String libraries, String loader) {
    this.java = java;
    this.libraries = libraries;
    this.loader = loader;
  }

  /** That of the JDK that runs this. */
  public static ImageArchitecture here() {
    return of(String.valueOf(System.getProperty("os.arch")));
  }

  /** By the name that Java has for it. */
  static ImageArchitecture of(String java) {
    return Stream.of(values())
        .filter(one -> one.java.equals(java))
        .findFirst()
        .orElseThrow(() ->
            new CannotPackage(
                "packages are made on amd64 and arm64, by a JDK for it; this one is for " + java));
  }

  /** As Go and Debian call it. */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Where Debian has libraries. */
  String libraries() {
    return libraries;
  }

  /** The file that every program names as what loads it. */
  String loader() {
    return loader;
  }
}
