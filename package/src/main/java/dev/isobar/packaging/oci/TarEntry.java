package dev.isobar.packaging.oci;

import java.nio.file.Path;

/** Something in a layer. Owner and time are the same for all. */
sealed interface TarEntry {
  /** A folder. */
  record Folder(int mode) implements TarEntry {}

  /** A file whose content is at hand. */
  record Text(int mode, String text) implements TarEntry {}

  /** A file whose content is another one's. */
  record Copy(int mode, Path source) implements TarEntry {}

  /** A symbolic link. */
  record Link(String target) implements TarEntry {}
}
