package dev.isobar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class StandardOutputTest {
  @Test
  void failsWhenItsOutputIsLost() {
    var err = new ByteArrayOutputStream();
    StandardOutput full = StandardOutput.of(new Failing("No space left on device"));
    int code = run(full, err);
    assertThat(code).isEqualTo(3);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "failed: cannot write to standard output, and what was written is not all: No space"
                + " left on device\n");
  }

  @Test
  void endsQuietlyWhenNobodyReadsOn() {
    var err = new ByteArrayOutputStream();
    StandardOutput closed = StandardOutput.of(new Failing("Broken pipe"));
    assertThat(run(closed, err)).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  private static int run(StandardOutput out, ByteArrayOutputStream err) {
    return IsobarMain.run(
        new String[] {"--help"},
        InputStream.nullInputStream(),
        out,
        printing(err),
        Optional.empty());
  }

  private static PrintStream printing(ByteArrayOutputStream target) {
    return new PrintStream(target, true, StandardCharsets.UTF_8);
  }

  /** What cannot be written to. */
  private static final class Failing extends OutputStream {
    private final String problem;

    Failing(String problem) {
      this.problem = problem;
    }

    @Override
    public void write(int sign) throws IOException {
      throw new IOException(problem);
    }
  }
}
