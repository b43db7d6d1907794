package dev.isobar.e2e.page;

import dev.isobar.testbed.debian.DebianPackages;
import dev.isobar.testbed.process.Command;
import dev.isobar.testbed.process.LocalProcess;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * A browser without a window.
 *
 * @param folder for what it writes
 */
record Chromium(Path folder) {
  private static final Path PROGRAM = Path.of("/usr/bin/chromium");
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** What the user's system looks like. */
  enum Scheme {
    DARK(0),
    LIGHT(1);

    private final int number;

    Scheme(int number) {
      this.number = number;
    }
  }

  /** The one of Debian, installed where it is missing and that is allowed. */
  static Chromium require(Path folder) {
    String versions =
        new DebianPackages(
                "the browser of the tests", List.of("chromium", "fonts-dejavu-core"), folder)
            .require();
    if (versions.isBlank()) {
      throw new IllegalStateException("no version of chromium");
    }
    return new Chromium(folder);
  }

  /** What a window of this size shows of a page. */
  BufferedImage screenshot(Path page, Scheme scheme, int width, int height) {
    Path picture = folder.resolve(scheme + "-" + width + ".png");
    run(
        command(page, scheme, width, height, "--screenshot=" + picture),
        folder.resolve("shot.out"));
    try {
      BufferedImage image = ImageIO.read(picture.toFile());
      if (image == null) {
        throw new IllegalStateException(picture + " is no picture");
      }
      return image;
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + picture, unreadable);
    }
  }

  /** The page as it is when its scripts have ended. */
  String document(Path page, Scheme scheme, int width, int height) {
    Path result = folder.resolve(scheme + "-" + width + ".html");
    run(command(page, scheme, width, height, "--dump-dom"), result);
    try {
      return Files.readString(result);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + result, unreadable);
    }
  }

  /** Without a sandbox it also runs as root; it sees nothing but our own page. */
  private Command command(Path page, Scheme scheme, int width, int height, String what) {
    return Command.of(
        "chromium",
        folder,
        PROGRAM,
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--user-data-dir=" + folder.resolve("profile"),
        "--window-size=" + width + "," + height,
        "--virtual-time-budget=2000",
        "--blink-settings=preferredColorScheme=" + scheme.number,
        what,
        page.toUri());
  }

  private void run(Command command, Path result) {
    LocalProcess.startPrinting(command, result, folder.resolve("chromium.log")).awaitSuccess(LIMIT);
  }
}
