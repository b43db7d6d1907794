package dev.isobar.testbed.debian;

import dev.isobar.testbed.process.CannotRun;
import dev.isobar.testbed.process.Command;
import dev.isobar.testbed.process.LocalProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Packages of Debian that must be installed. */
public final class DebianPackages {
  private static final Duration LIMIT = Duration.ofMinutes(30);
  private static final Path APT = Path.of("/usr/bin/apt-get");
  private static final Path QUERY = Path.of("/usr/bin/dpkg-query");

  /** While it is there, packages do not start the servers they bring. */
  private static final Path NO_SERVERS = Path.of("/usr/sbin/policy-rc.d");

  private final String user;
  private final List<String> names;
  private final Path folder;

  /**
   * Packages that somebody needs.
   *
   * @param user who needs them, as messages begin
   * @param folder for logs, which exists
   */
  public DebianPackages(String user, List<String> names, Path folder) {
    this.user = user;
    this.names = List.copyOf(names);
    this.folder = folder;
  }

  /**
   * Installs what is missing.
   *
   * @return names and versions, one a line
   * @throws CannotRun with the command for an administrator, when this user is none
   */
  public String require() {
    if (!Files.isExecutable(QUERY) || !Files.isExecutable(APT)) {
      throw new CannotRun(
          user
              + " needs packages of Debian, and this system has no "
              + APT
              + "; run this on Debian 12");
    }
    List<String> missing = missing();
    if (!missing.isEmpty()) {
      install(missing);
    }
    return versions();
  }

  private List<String> missing() {
    Set<String> left = new TreeSet<>(names);
    for (String line : versions().lines().toList()) {
      String[] words = line.split(" ", 3);
      if (words.length == 3 && words[2].equals("install ok installed")) {
        left.remove(words[0]);
      }
    }
    return List.copyOf(left);
  }

  /** A package nobody ever heard of here makes the query fail, and is missing all the same. */
  private String versions() {
    Path result = folder.resolve("packages.out");
    Command query =
        Command.of("dpkg-query", folder, QUERY, "-W", "-f", "${Package} ${Version} ${Status}\\n")
            .with(names);
    LocalProcess process =
        LocalProcess.startPrinting(query, result, folder.resolve("packages.log"));
    if (!process.endsWithin(Duration.ofMinutes(1))) {
      throw new CannotRun("dpkg-query does not end");
    }
    try {
      return Files.readString(result);
    } catch (IOException unreadable) {
      throw new CannotRun("cannot read what dpkg-query says", unreadable);
    }
  }

  private void install(List<String> missing) {
    if (!"root".equals(System.getProperty("user.name"))) {
      throw new CannotRun(
          ("%s needs packages that are not installed. As root: apt-get update && apt-get install"
                  + " --no-install-recommends %s")
              .formatted(user, String.join(" ", missing)));
    }
    System.err.println("isobar: installing packages of Debian; " + user + " needs them");
    boolean ours = forbidServers();
    try {
      run(Command.of("apt-get update", folder, APT, "-q", "update"));
      run(
          Command.of("apt-get install", folder, APT, "-q", "-y", "--no-install-recommends")
              .with(
                  List.of(
                      "-o",
                      "Dpkg::Options::=--force-confold",
                      "-o",
                      "Dpkg::Options::=--force-unsafe-io",
                      "install"))
              .with(missing)
              .with("DEBIAN_FRONTEND", "noninteractive"));
    } finally {
      if (ours) {
        allowServers();
      }
    }
    List<String> still = new ArrayList<>(missing());
    if (!still.isEmpty()) {
      throw new CannotRun("apt-get did not install " + String.join(", ", still));
    }
  }

  private void run(Command command) {
    LocalProcess.start(command, folder.resolve("apt.log")).awaitSuccess(LIMIT);
  }

  private static boolean forbidServers() {
    if (Files.exists(NO_SERVERS)) {
      return false;
    }
    try {
      Files.writeString(NO_SERVERS, "#!/bin/sh\nexit 101\n");
      var _ =
          Files.setPosixFilePermissions(NO_SERVERS, PosixFilePermissions.fromString("rwxr-xr-x"));
      return true;
    } catch (IOException unwritable) {
      throw new CannotRun("cannot write " + NO_SERVERS, unwritable);
    }
  }

  private static void allowServers() {
    try {
      Files.delete(NO_SERVERS);
    } catch (IOException stubborn) {
      throw new CannotRun("cannot delete " + NO_SERVERS, stubborn);
    }
  }
}
