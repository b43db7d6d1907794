package dev.isobar.cli.picture;

/** Colours of a terminal, or none. */
record Paint(boolean colours) {
  private static final String ESCAPE = "\u001b[";
  private static final String RESET = ESCAPE + "0m";

  /** Foregrounds that are readable on light and dark alike: cyan, green, magenta, blue, yellow. */
  private static final int[] FOREGROUNDS = {36, 32, 35, 34, 33};

  /** As the text of a heading. */
  String strong(String text) {
    return painted("1", text);
  }

  /** As what nobody can use. */
  String faint(String text) {
    return painted("2", text);
  }

  /** In the colour of a number, which comes again after some. */
  String coloured(int number, String text) {
    return painted(String.valueOf(FOREGROUNDS[Math.floorMod(number, FOREGROUNDS.length)]), text);
  }

  private String painted(String code, String text) {
    return !colours || text.isBlank() ? text : ESCAPE + code + "m" + text + RESET;
  }
}
