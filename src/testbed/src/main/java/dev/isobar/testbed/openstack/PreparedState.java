package dev.isobar.testbed.openstack;

import dev.isobar.testbed.process.CannotRun;
import dev.isobar.testbed.process.Processes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Databases with everything that is in the cloud before anybody uses it. Making them takes a
 * minute; they are kept in the user's cache, by a hash over our sources and the packages' versions,
 * and copied for every start.
 */
final class PreparedState {
  /** Names and ids of what is in the cloud. */
  static final String THINGS = "things.txt";

  private final Path sources;
  private final Path cache;

  PreparedState(Path sources, Path cache) {
    this.sources = sources;
    this.cache = cache;
  }

  /** The folder of the databases; made now if it is not there yet. */
  Path folder(String packages) {
    Path kept = cache.resolve(hash(packages));
    if (!Files.exists(kept)) {
      System.err.println("isobar: making the databases of OpenStack; this takes a minute or two");
      make(kept);
    }
    return kept;
  }

  private void make(Path kept) {
    Path folder = cache.resolve(kept.getFileName() + "." + ProcessHandle.current().pid());
    delete(folder);
    Layout layout = Layout.in(sources, folder, Duration.ofHours(1));
    layout.configure();
    try (Processes processes = new Processes(layout.logs(), layout.note())) {
      Services services = new Services(layout, processes);
      services.install();
      services.startOthers();
      services.fill("identity", layout.portWords());
      services.startNova();
      services.ask("things", keystone(layout), layout.state().resolve(THINGS));
    }
    move(folder.resolve("state"), kept);
    delete(folder);
  }

  static List<String> keystone(Layout layout) {
    return layout.portWords().subList(0, 1);
  }

  private static void move(Path from, Path to) {
    try {
      var _ = Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException _) {
      // Another process was first; both are the same.
    } catch (IOException impossible) {
      throw new CannotRun("cannot keep the databases of OpenStack", impossible);
    }
  }

  private String hash(String packages) {
    try (Stream<Path> files = Files.walk(sources)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(packages.getBytes(StandardCharsets.UTF_8));
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        digest.update(sources.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
        digest.update(Files.readAllBytes(file));
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (IOException unreadable) {
      throw new CannotRun("cannot read " + sources, unreadable);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** A copy of a folder. */
  static void copy(Path from, Path to) {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : all.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          var _ = Files.createDirectories(copy);
        } else {
          Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    } catch (IOException unwritable) {
      throw new CannotRun("cannot copy " + from, unwritable);
    }
  }

  /** Removes a folder, if it is there. */
  static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException stubborn) {
      throw new CannotRun("cannot delete " + folder, stubborn);
    }
  }
}
