package dev.isobar.cli.report;

import dev.isobar.cli.picture.Picture;
import dev.isobar.cli.picture.PictureReading;
import dev.isobar.cli.render.Rendering;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The page as a whole. */
public final class ReportPage {
  private static final String STYLE = "report.css";

  private final Markup out = new Markup();

  private ReportPage() {}

  /**
   * The page of some renderings.
   *
   * @param warnings on what was read
   * @return HTML
   */
  public static String render(List<Rendering> renderings, List<String> warnings) {
    var page = new ReportPage();
    page.head(renderings);
    page.body(renderings, warnings);
    return page.out.finished();
  }

  private void head(List<Rendering> renderings) {
    out.raw("<!doctype html>\n").open("html", "lang", "en").open("head");
    out.raw("<meta charset=\"utf-8\">\n");
    out.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.raw("<meta name=\"color-scheme\" content=\"light dark\">\n");
    out.raw(
        "<meta http-equiv=\"Content-Security-Policy\""
            + " content=\"default-src 'none'; style-src 'unsafe-inline'\">\n");
    List<String> subjects = renderings.stream().map(Rendering::subject).toList();
    out.element("title", "Isobar: " + String.join(", ", subjects));
    out.open("style").raw("\n" + style()).close();
    out.close().open("body");
  }

  private void body(List<Rendering> renderings, List<String> warnings) {
    out.open("main");
    out.element("p", "isobar render", "class", "eyebrow");
    if (renderings.size() > 1) {
      contents(renderings);
    }
    if (!warnings.isEmpty()) {
      out.open("ul", "class", "warnings");
      warnings.forEach(warning -> out.element("li", "Warning: " + warning));
      out.close();
    }
    List<Picture> pictures =
        PictureReading.read(
            Rendering.done(renderings).stream().map(Rendering.Done::planned).toList());
    int drawn = 0;
    for (int i = 0; i < renderings.size(); i++) {
      switch (renderings.get(i)) {
        case Rendering.Done done ->
            new CompositeSection(out, "s" + i, done, pictures.get(drawn++)).write();
        case Rendering.Rejected(String subject, String message) ->
            failure("s" + i, subject, "Refused", message);
        case Rendering.Failed(String subject, String message) ->
            failure("s" + i, subject, "Failed", message);
      }
    }
    out.close().close().close();
  }

  private void contents(List<Rendering> renderings) {
    out.open("nav", "aria-label", "Composites").open("ul");
    for (int i = 0; i < renderings.size(); i++) {
      out.open("li").element("a", renderings.get(i).subject(), "href", "#s" + i).close();
    }
    out.close().close();
  }

  private void failure(String id, String subject, String word, String message) {
    out.open("section", "aria-labelledby", id);
    CompositeSection.heading(out, id, subject);
    out.open("p", "class", "headline").element("strong", word, "class", "badge bad");
    out.text(" " + message).close();
    out.close();
  }

  private static String style() {
    try (InputStream file = ReportPage.class.getResourceAsStream(STYLE)) {
      if (file == null) {
        throw new IllegalStateException(STYLE + " is not beside its class");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + STYLE, unreadable);
    }
  }
}
