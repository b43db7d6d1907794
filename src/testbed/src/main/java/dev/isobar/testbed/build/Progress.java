package dev.isobar.testbed.build;

import java.io.PrintStream;
import java.time.Duration;

/** Tells whoever waits what is being built, and since when. */
public final class Progress {
  private final PrintStream out;

  /** Lines to a stream. */
  public Progress(PrintStream out) {
    this.out = out;
  }

  void say(String words) {
    out.println("isobar: " + words);
  }

  void still(String what, Duration since) {
    say("still building " + what + ", " + since.toSeconds() + " s so far");
  }

  void done(String what, Duration time) {
    say("built " + what + " in " + time.toSeconds() + " s");
  }
}
