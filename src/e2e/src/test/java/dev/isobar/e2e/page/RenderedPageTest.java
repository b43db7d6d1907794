package dev.isobar.e2e.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.cli.IsobarMain;
import dev.isobar.e2e.commandline.Shell;
import dev.isobar.testbed.plane.Project;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The page of a workspace and its cluster can be read in every browser's light and dark. */
final class RenderedPageTest {
  private static final int WIDE = 1200;
  private static final int HIGH = 4400;
  private static final int RGB = 0xffffff;

  /** A smallest slice has some thousands. */
  private static final int SOME = 3000;

  private static final Path FOLDER = Shell.newFolder("page");

  private static Chromium browser;
  private static Path file;
  private static String page;

  @BeforeAll
  static void renderThePage() throws IOException {
    browser = Chromium.require(FOLDER);
    file = FOLDER.resolve("report.html");
    var words = new ByteArrayOutputStream();
    var err = new PrintStream(words, true, StandardCharsets.UTF_8);
    int code =
        IsobarMain.run(
            new String[] {
              "render",
              Project.here().root().resolve("examples/gpu-workspace").toString(),
              "--report",
              file.toString()
            },
            new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8),
            err);
    assertThat(code).as("%s", words).isZero();
    page = Files.readString(file);
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, 1200", "DARK, 1200", "LIGHT, 640", "DARK, 640"})
  void everythingFitsAndCanBeRead(Chromium.Scheme scheme, int width) {
    Measured seen = Measured.of(browser, page, scheme, width, HIGH);

    assertThat(seen.of("wider")).as("pixels beyond the window").containsExactly("0");
    assertThat(seen.of("spills")).as("text beyond its box").isEmpty();
    assertThat(seen.of("faint")).as("text with a contrast below 4.5").isEmpty();
    assertThat(seen.of("slices")).as("5 of a100, 3 of slices, 5 of small").containsExactly("13");
    assertThat(seen.of("unused")).as("a memory slice of a100, twice drawn").containsExactly("2");
    assertThat(seen.of("resources")).as("28 + 12 + 2 that a Usage names").containsExactly("42");
    assertThat(Integer.parseInt(seen.of("texts").getFirst())).isGreaterThan(100);
  }

  @ParameterizedTest
  @EnumSource(Chromium.Scheme.class)
  void theSlicesHaveTheirColours(Chromium.Scheme scheme) {
    List<String> fills = Measured.of(browser, page, scheme, WIDE, HIGH).of("fill");
    assertThat(fills).as("a colour for each of two resources").hasSize(2);

    Map<Integer, Integer> pixels = pixels(browser.screenshot(file, scheme, WIDE, HIGH));

    for (String fill : fills) {
      int colour = Integer.parseInt(fill.substring(1), 16);
      assertThat(pixels.getOrDefault(colour, 0)).as("pixels of %s", fill).isGreaterThan(SOME);
    }
  }

  @Test
  void darkIsDarkAndLightIsLight() {
    assertThat(brightness(browser.screenshot(file, Chromium.Scheme.LIGHT, WIDE, HIGH)))
        .isGreaterThan(0.85);
    assertThat(brightness(browser.screenshot(file, Chromium.Scheme.DARK, WIDE, HIGH)))
        .isLessThan(0.25);
  }

  @Test
  void aSpoiledPageIsSeenThrough() {
    String spoiled =
        page.replace("--quiet: #5c6269", "--quiet: #c0c0c0")
            .replaceFirst("class=\"name\"([^>]*)>2g", "class=\"name\"$1>" + "W".repeat(40))
            .replace("<main>", "<main><div style=\"width: 3000px\">wide</div>");

    Measured seen = Measured.of(browser, spoiled, Chromium.Scheme.LIGHT, WIDE, HIGH);

    assertThat(seen.of("faint")).anyMatch(fact -> fact.endsWith(" Stage"));
    assertThat(seen.of("spills")).anyMatch(text -> text.startsWith("WWW"));
    assertThat(seen.of("wider")).doesNotContain("0");
  }

  private static Map<Integer, Integer> pixels(BufferedImage image) {
    var pixels = new HashMap<Integer, Integer>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int colour = image.getRGB(x, y) & RGB;
        pixels.put(colour, pixels.getOrDefault(colour, 0) + 1);
      }
    }
    return pixels;
  }

  /** Between 0 and 1, of all pixels. */
  private static double brightness(BufferedImage image) {
    double sum = 0;
    for (Map.Entry<Integer, Integer> colour : pixels(image).entrySet()) {
      int rgb = colour.getKey();
      int parts = (rgb >> 16 & 0xff) + (rgb >> 8 & 0xff) + (rgb & 0xff);
      sum += parts / (3.0 * 0xff) * colour.getValue();
    }
    return sum / ((double) image.getWidth() * image.getHeight());
  }
}
