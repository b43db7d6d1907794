package dev.isobar.packaging.runtime;

import dev.isobar.packaging.CannotPackage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Runs a program of this machine to its end. */
public final class Tool {
  private Tool() {}

  /**
   * Runs it.
   *
   * @return all that it printed
   * @throws CannotPackage when it cannot be run or fails
   */
  public static String run(Path folder, List<String> words) {
    String name = words.getFirst();
    try {
      var builder = new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
      builder.environment().put("LC_ALL", "C");
      Process process = builder.start();
      process.getOutputStream().close();
      String printed =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      int code = process.waitFor();
      if (code != 0) {
        throw new CannotPackage(name + " ends with " + code + ": " + printed);
      }
      return printed;
    } catch (IOException missing) {
      throw new CannotPackage("cannot run " + name, missing);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CannotPackage("interrupted while " + name + " ran", interrupted);
    }
  }
}
