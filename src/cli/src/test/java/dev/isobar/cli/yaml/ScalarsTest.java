package dev.isobar.cli.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ScalarsTest {
  record Row(String reason, String word, Object value) {}

  static Stream<Row> rows() {
    return Stream.of(
        new Row("nothing is null", "", null),
        new Row("a tilde is null", "~", null),
        new Row("as kubectl has it", "yes", true),
        new Row("as kubectl has it", "Off", false),
        new Row("as kubectl has it", "y", true),
        new Row("no casing of YAML", "tRUE", "tRUE"),
        new Row("whole", "42", 42L),
        new Row("negative", "-7", -7L),
        new Row("underscores are dropped", "1_000", 1000L),
        new Row("hexadecimal", "0x1F", 31L),
        new Row("octal of YAML 1.1", "010", 8L),
        new Row("octal of YAML 1.2", "0o17", 15L),
        new Row("binary", "0b101", 5L),
        new Row("8 is no octal digit, Go then takes a float", "089", 89.0),
        new Row("a version without quotes is a number", "1.35", 1.35),
        new Row("exponent", "1e3", 1000.0),
        new Row("begins with a point", ".5", 0.5),
        new Row("beyond 64 bits", "18446744073709551616", 1.8446744073709552E19),
        new Row("beyond doubles", "1e999", "1e999"),
        new Row("a patch version", "1.35.2", "1.35.2"),
        new Row("an address", "172.16.0.0/13", "172.16.0.0/13"),
        new Row("a date is a string to Kubernetes", "2026-08-07", "2026-08-07"),
        new Row("a lonely sign", "-", "-"),
        new Row("a hash that begins with digits", "5f1d", "5f1d"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void readsWordsAsKubernetesDoes(Row row) {
    assertThat(Scalars.parse(row.word)).as(row.reason).isEqualTo(row.value);
  }

  @Test
  void refusesWhatJsonDoesNotHave() {
    assertThatThrownBy(() -> Scalars.parse("-.inf"))
        .hasMessageContaining("-.inf")
        .hasMessageContaining("quote it");
  }
}
