package dev.isobar.testbed.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class LogTailTest {
  private static final String STACK =
      IntStream.rangeClosed(1, 15)
          .mapToObj(line -> "main.go:" + line)
          .collect(Collectors.joining("\n"));

  @TempDir Path folder;

  record Row(String reason, String line) {
    @Override
    public String toString() {
      return reason;
    }
  }

  static Stream<Row> deaths() {
    return Stream.of(
        new Row(
            "etcd on a full disk",
            "{\"level\":\"panic\",\"msg\":\"failed to create WAL\",\"error\":\"no space left on"
                + " device\"}"),
        new Row("another log in JSON", "{\"level\":\"fatal\",\"msg\":\"port in use\"}"),
        new Row("Go", "panic: runtime error: invalid memory address"),
        new Row("Go's own errors", "fatal error: concurrent map writes"),
        new Row("Kubernetes", "F1126 14:55:46.135339   12 main.go:1] no such flag"));
  }

  @ParameterizedTest
  @MethodSource("deaths")
  void beginsWithWhatTheProgramDiedOf(Row row) throws IOException {
    assertThat(tail("I am fine\n" + row.line + "\npanic: once more\n" + STACK))
        .isEqualTo(row.line + "\n...\n" + STACK);
  }

  @Test
  void aStackWithinTheLineIsCut() throws IOException {
    String line = "panic: " + "x".repeat(293);
    assertThat(tail(line + "x\n" + STACK)).isEqualTo(line + "...\n...\n" + STACK);
  }

  @Test
  void whatIsInTheEndIsNotSaidTwice() throws IOException {
    assertThat(tail("earlier\n" + STACK.replace("main.go:1\n", "panic: no space\n")))
        .isEqualTo(STACK.replace("main.go:1\n", "panic: no space\n"));
  }

  /** Without its place and indentation. */
  private String tail(String text) throws IOException {
    Path log = Files.writeString(folder.resolve("program.log"), text);
    String tail = LogTail.of(log);
    assertThat(tail).startsWith("the end of " + log + ":\n  ");
    return tail.substring(tail.indexOf('\n') + 1).stripIndent();
  }
}
