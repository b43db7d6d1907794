package dev.isobar.it.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.it.architecture.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A checkout with nothing but {@code ./isobar}, and programs that are stand-ins. */
abstract class LaunchedCheckout {
  static final int PATIENCE_SECONDS = 30;
  static final String SYSTEM_PATH = "/usr/bin:/bin";

  @TempDir Path temporary;

  Path checkout;
  Path programs;

  record Ended(int code, String out, String err) {}

  @BeforeEach
  void unpack() throws IOException {
    checkout = Files.createDirectories(temporary.resolve("checkout"));
    programs = Files.createDirectories(temporary.resolve("programs"));
    Files.copy(Checkout.here().root().resolve("isobar"), checkout.resolve("isobar"));
    Files.writeString(checkout.resolve("pom.xml"), "<project/>");
  }

  static void await(Path begun, Process process) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!Files.exists(begun)) {
      assertThat(process.isAlive() && System.nanoTime() < deadline).as("Maven begins").isTrue();
      Thread.onSpinWait();
    }
  }

  static void dated(Path file, Instant time) throws IOException {
    var _ = Files.setLastModifiedTime(file, FileTime.from(time));
  }

  /** A checkout with nothing left to build, and a Java that is a script. */
  Path built(String script) throws IOException {
    Path cli = Files.createDirectories(checkout.resolve("src/cli/target"));
    Path jar = Files.writeString(cli.resolve("isobar-cli-1.jar"), "");
    Files.writeString(cli.resolve("classpath.txt"), jar.toString());
    Path target = Files.createDirectories(checkout.resolve("target"));
    Files.writeString(target.resolve("isobar.stamp"), checkout + "\npom.xml\n");
    Path home = temporary.resolve("jdk");
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"25\"\n");
    program(home.resolve("bin/javac"), "exit 1");
    program(home.resolve("bin/java"), script);
    return home;
  }

  void maven(String script) throws IOException {
    program(programs.resolve("mvn"), script);
  }

  static void program(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/bash\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  Ended run(List<String> arguments) throws Exception {
    return ended(builder(List.of("/bin/bash"), arguments));
  }

  ProcessBuilder builder(List<String> shell, List<String> arguments) {
    var command = new java.util.ArrayList<>(shell);
    command.add(checkout.resolve("isobar").toString());
    command.addAll(arguments);
    var builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder
        .environment()
        .putAll(
            Map.of(
                "PATH",
                programs + ":" + SYSTEM_PATH,
                "ISOBAR_JAVA_HOME",
                System.getProperty("java.home")));
    return builder;
  }

  Ended ended(ProcessBuilder builder) throws Exception {
    return ended(start(builder));
  }

  /** Its words go to files, so that waiting for it never waits for whoever holds its pipes. */
  Process start(ProcessBuilder builder) throws IOException {
    return builder
        .redirectOutput(temporary.resolve("out").toFile())
        .redirectError(temporary.resolve("err").toFile())
        .start();
  }

  Ended ended(Process process) throws Exception {
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    String err = Files.readString(temporary.resolve("err"));
    if (!ended) {
      process.destroyForcibly();
      throw new AssertionError("still running: " + err);
    }
    return new Ended(process.exitValue(), Files.readString(temporary.resolve("out")), err);
  }
}
