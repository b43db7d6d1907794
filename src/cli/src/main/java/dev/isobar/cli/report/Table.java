package dev.isobar.cli.report;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/** Writes a table, in a frame that scrolls where the page is narrow. */
final class Table {
  private final Markup out;

  /** Begins one, with words for those who cannot see it. */
  Table(Markup out, String caption) {
    this.out =
        out.open("div", "class", "frame", "tabindex", "0", "role", "group", "aria-label", caption)
            .open("table")
            .element("caption", caption);
  }

  /** The row of headings, those of numbers with a {@code #} in front; the rows follow. */
  void head(String... headings) {
    out.open("thead").open("tr");
    for (String heading : headings) {
      if (heading.startsWith("#")) {
        out.element("th", heading.substring(1), "scope", "col", "class", "number");
      } else {
        out.element("th", heading, "scope", "col");
      }
    }
    out.close().close().open("tbody");
  }

  void begin() {
    out.open("tr");
  }

  @CanIgnoreReturnValue
  Table cell(String words) {
    out.element("td", words);
    return this;
  }

  @CanIgnoreReturnValue
  Table number(int number) {
    out.element("td", String.valueOf(number), "class", "number");
    return this;
  }

  void end() {
    out.close();
  }

  /** Ends the table. */
  void close() {
    out.close().close().close();
  }
}
