package dev.isobar.cli.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;

/** A file to write, in a folder that is there; it is whole or as it was. */
public final class ReportFile {
  private static final String BEGINNING = "<!doctype html>";

  private final Path file;
  private final Path folder;

  private ReportFile(Path file, Path folder) {
    this.file = file;
    this.folder = folder;
  }

  /**
   * A file to be written later.
   *
   * @throws IOException when that cannot be; its message is for people
   */
  public static ReportFile to(Path file) throws IOException {
    Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    Path folder = target.getParent();
    if (Files.isDirectory(target) || folder == null) {
      throw new IOException("that is a folder; give a file");
    }
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      throw new IOException("that is no ordinary file");
    }
    if (Files.exists(target) && !isPage(target)) {
      throw new IOException("that is no page, and would be lost; give another file, or delete it");
    }
    if (!Files.isDirectory(folder)) {
      throw new IOException("there is no folder " + folder);
    }
    if (!Files.isWritable(folder)) {
      throw new IOException("folder " + folder + " cannot be written to");
    }
    return new ReportFile(target, folder);
  }

  /** A page of before may be replaced, and what is empty; a claim given by mistake may not. */
  private static boolean isPage(Path target) throws IOException {
    try (var content = Files.newInputStream(target)) {
      String first = new String(content.readNBytes(BEGINNING.length()), StandardCharsets.UTF_8);
      return first.isEmpty() || first.toLowerCase(Locale.ROOT).equals(BEGINNING);
    }
  }

  /**
   * Writes it, in UTF-8.
   *
   * @throws IOException when it cannot be written; it is then as it was before
   */
  public void write(String text) throws IOException {
    Path whole = Files.createTempFile(folder, ".isobar-report", ".html");
    try {
      Files.writeString(whole, text);
      readable(whole);
      move(whole);
    } finally {
      var _ = Files.deleteIfExists(whole);
    }
  }

  /** A temporary file is its owner's alone. */
  private static void readable(Path whole) throws IOException {
    if (whole.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      var _ = Files.setPosixFilePermissions(whole, PosixFilePermissions.fromString("rw-r--r--"));
    }
  }

  private void move(Path whole) throws IOException {
    try {
      var _ =
          Files.move(
              whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException foreign) {
      var _ = Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
