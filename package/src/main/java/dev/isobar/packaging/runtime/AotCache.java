package dev.isobar.packaging.runtime;

import dev.isobar.packaging.CannotPackage;
import dev.isobar.packaging.oci.FileTree;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Java's cache of loaded classes and profiles, with which a function answers its first call sooner.
 * The machine does not notice when the jars are others than those it was made of, and would run the
 * old ones; so the cache is made of the very files that go into the image, and bears their digest
 * in its name. Its bytes differ each time, which is why it is a layer of its own.
 *
 * @param file on this machine
 * @param place in the image
 */
record AotCache(Path file, String place) {
  private static final Pattern PORT = Pattern.compile("Listening for gRPC.*\"port\":(\\d+)");

  /**
   * Trains one.
   *
   * @param path of the function
   * @param runtime the Java runtime of the image
   * @param time of all files in the image, which the machine compares
   */
  static AotCache train(
      ClassPath path, FileTree runtime, Instant time, Path workshop, Rehearsal rehearsal)
      throws IOException {
    Path root = Files.createDirectories(root(workshop));
    runtime.unpack(root, time);
    path.libraries().unpack(root, time);
    path.ours().unpack(root, time);
    Path certificates = TrainingCertificates.make(workshop);
    Path file = workshop.resolve("function.aot");
    Process function = start(path, root, file, certificates);
    var hook = new Thread(function::destroyForcibly, "end the function that rehearses");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      finish(function, rehearsal, certificates);
    } finally {
      var _ = function.destroyForcibly();
      forget(hook);
    }
    if (!Files.exists(file)) {
      throw new CannotPackage("the rehearsal of " + path.program().artifact() + " left no cache");
    }
    return new AotCache(file, ClassPath.PLACE + "/" + path.digest() + ".aot");
  }

  private static void forget(Thread hook) {
    try {
      var _ = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // This machine ends, and the hook has done its work or is about to.
    }
  }

  /** Where the image is laid out for the rehearsal, and stays. */
  static Path root(Path workshop) {
    return workshop.resolve("root");
  }

  /** The flag by which the machine uses it. */
  String flag() {
    return "-XX:AOTCache=/" + place;
  }

  private static Process start(ClassPath path, Path root, Path file, Path certificates)
      throws IOException {
    var words = new ArrayList<String>();
    words.add(JavaRuntime.program(root).toString());
    words.add("-XX:AOTCacheOutput=" + file);
    words.addAll(path.start(root));
    words.addAll(
        List.of("--address=127.0.0.1:0", "--metrics-address=", "--tls-certs-dir=" + certificates));
    return new ProcessBuilder(words).redirectErrorStream(true).start();
  }

  /** Waits until it listens, plays, and ends it as Kubernetes does; then the cache is written. */
  private static void finish(Process function, Rehearsal rehearsal, Path certificates)
      throws IOException {
    var said = new ArrayList<String>();
    try (BufferedReader lines = function.inputReader()) {
      rehearsal.play("localhost:" + port(lines, said), certificates);
      // Not Process.destroy, which closes the streams at once.
      var _ = function.toHandle().destroy();
      lines.lines().forEach(said::add);
      int code = function.waitFor();
      if (code != 0) {
        throw failed(said);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CannotPackage("interrupted during the rehearsal", interrupted);
    }
  }

  private static String port(BufferedReader lines, List<String> said) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      said.add(line);
      Matcher port = PORT.matcher(line);
      if (port.find()) {
        return port.group(1);
      }
    }
    throw failed(said);
  }

  private static CannotPackage failed(List<String> said) {
    return new CannotPackage("the function fails in its rehearsal: " + String.join(" | ", said));
  }
}
