package dev.isobar.apis.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestTest {
  private static final List<String> NAMES =
      List.of("machineType", "machineTypes", "min", "max", "g2.a100.2");

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      nullValues = "-",
      value = {
        "a missing letter,    machineTyp,   machineType",
        "a letter too many,   machineeType, machineType",
        "a wrong letter,      machineTipe,  machineType",
        "letters swapped,     machnieType,  machineType",
        "no slip,             machineTypes, machineTypes",
        "case is no slip,     MACHINETYPE,  machineType",
        "a short name,        mox,          max",
        "a flavour,           g2.a100.4,    g2.a100.2",
        "too far,             flavor,       -",
        "too far for a short, mxn,          min",
        "nothing in common,   xyz,          -",
      })
  void findsWhatWasMeant(String reason, String written, String nearest) {
    assertThat(Nearest.to(written, NAMES)).as(reason).isEqualTo(Optional.ofNullable(nearest));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "machinType | did you mean machineType?",
        "zzzzzzzz   | the types are machineType, machineTypes, min, max and g2.a100.2",
      })
  void remediesNameItOrAll(String written, String remedy) {
    assertThat(Nearest.remedy(written, NAMES, "the types are")).isEqualTo(remedy);
  }

  @Test
  void nothingToChooseFromIsSaidSo() {
    assertThat(Nearest.remedy("az1", List.of(), "there are")).isEqualTo("there are none");
  }
}
