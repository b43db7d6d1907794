package dev.isobar.packaging.oci;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of a layer, by path from the root without a slash at either end. Folders above a file
 * come by themselves.
 */
public final class FileTree {
  private static final int READABLE = 0644;
  private static final int EXECUTABLE = 0755;
  private static final int OWNER_EXECUTES = 0100;

  /** In order of their names, so that folders stand before what is in them. */
  private final SortedMap<String, TarEntry> entries = new TreeMap<>();

  /** Adds a folder with permissions of its own. */
  @CanIgnoreReturnValue
  public FileTree folder(String path, int mode) {
    return add(path, new TarEntry.Folder(mode));
  }

  /** Adds a file that everybody may read. */
  @CanIgnoreReturnValue
  public FileTree file(String path, String text) {
    return add(path, new TarEntry.Text(READABLE, text));
  }

  /** Adds a symbolic link. */
  @CanIgnoreReturnValue
  public FileTree link(String path, String target) {
    return add(path, new TarEntry.Link(target));
  }

  /** Adds what a file of this machine holds; everybody may execute it who may here. */
  @CanIgnoreReturnValue
  public FileTree copy(String path, Path source) {
    int mode = Files.isExecutable(source) ? EXECUTABLE : READABLE;
    return add(path, new TarEntry.Copy(mode, source));
  }

  /** Adds what a file of this machine holds; everybody may read it. */
  @CanIgnoreReturnValue
  public FileTree plain(String path, Path source) {
    return add(path, new TarEntry.Copy(READABLE, source));
  }

  /** Adds all that is in a folder of this machine, links as links. */
  public FileTree copyAll(String path, Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path source : all.sorted().toList()) {
        String name = folder.relativize(source).toString().replace('\\', '/');
        String place = name.isEmpty() ? path : path + "/" + name;
        if (Files.isSymbolicLink(source)) {
          link(place, Files.readSymbolicLink(source).toString());
        } else if (Files.isRegularFile(source)) {
          copy(place, source);
        } else {
          folder(place, EXECUTABLE);
        }
      }
    }
    return this;
  }

  /** Writes the files into a folder of this machine, as a container would see them. */
  public void unpack(Path root, Instant time) throws IOException {
    for (Map.Entry<String, TarEntry> entry : entries.entrySet()) {
      Path place = root.resolve(entry.getKey());
      switch (entry.getValue()) {
        case TarEntry.Folder(int _) -> Files.createDirectories(place);
        case TarEntry.Link(String target) -> {
          var _ = Files.createSymbolicLink(place, Path.of(target));
        }
        case TarEntry.Text(int mode, String text) ->
            settle(Files.writeString(place, text), mode, time);
        case TarEntry.Copy(int mode, Path source) -> settle(Files.copy(source, place), mode, time);
      }
    }
  }

  private static void settle(Path file, int mode, Instant time) throws IOException {
    if ((mode & OWNER_EXECUTES) != 0 && !file.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + file + " executable");
    }
    Files.setLastModifiedTime(file, FileTime.from(time));
  }

  SortedMap<String, TarEntry> entries() {
    return Collections.unmodifiableSortedMap(entries);
  }

  @CanIgnoreReturnValue
  private FileTree add(String path, TarEntry entry) {
    if (path.isEmpty() || path.startsWith("/") || path.endsWith("/")) {
      throw new IllegalArgumentException("no path within a layer: \"" + path + "\"");
    }
    if (entries.put(path, entry) != null) {
      throw new IllegalArgumentException("twice in a layer: " + path);
    }
    for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      entries.putIfAbsent(path.substring(0, slash), new TarEntry.Folder(EXECUTABLE));
    }
    return this;
  }
}
