package dev.isobar.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the output goes; remembers that it could not be written, which a PrintStream hides. */
final class StandardOutput extends FilterOutputStream {
  /** What the system says when the reader has gone, as {@code head} does when it has enough. */
  private static final String GONE = "Broken pipe";

  private @Nullable IOException failure;

  private StandardOutput(OutputStream target) {
    super(target);
  }

  /** The process' own. */
  static StandardOutput ofProcess() {
    return of(new FileOutputStream(FileDescriptor.out));
  }

  static StandardOutput of(OutputStream target) {
    return new StandardOutput(target);
  }

  /** A stream to print to, in UTF-8 whatever the locale says, because YAML and JSON are. */
  PrintStream stream() {
    return new PrintStream(this, false, StandardCharsets.UTF_8);
  }

  /** Why output was lost; empty when all of it was written, or nobody reads it any more. */
  Optional<String> lost() {
    return Optional.ofNullable(failure)
        .map(one -> String.valueOf(one.getMessage()))
        .filter(message -> !message.contains(GONE));
  }

  @Override
  public void write(int sign) throws IOException {
    try {
      out.write(sign);
    } catch (IOException failed) {
      throw noted(failed);
    }
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
    } catch (IOException failed) {
      throw noted(failed);
    }
  }

  private IOException noted(IOException failed) {
    if (failure == null) {
      failure = failed;
    }
    return failed;
  }
}
