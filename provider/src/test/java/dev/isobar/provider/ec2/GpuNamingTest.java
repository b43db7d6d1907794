package dev.isobar.provider.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GpuNamingTest {
  @ParameterizedTest
  @CsvSource({
    "T4, 16384, T4-16GB",
    "T4g, 16384, T4G-16GB",
    "A10G, 22888, A10G-24GB",
    "L4, 22888, L4-24GB",
    "L40S, 45776, L40S-48GB",
    "V100, 16384, V100-16GB",
    "A100, 40960, A100-40GB",
    "A100, 81920, A100-80GB",
    "H100, 81920, H100-80GB",
    "H200, 144384, H200-141GB",
    "B200, 183359, B200-180GB",
    "B300, 275040, B300-269GB",
    "GB200, 189440, GB200-185GB",
    "RTX PRO 4500, 32768, RTX-PRO-4500-32GB",
    "RTX PRO Server 6000, 98304, RTX-PRO-6000-96GB"
  })
  void modelsAreNamedAsInTheRestOfIsobar(String name, int mebibytes, String model) {
    assertThat(GpuNaming.model(name, mebibytes)).isEqualTo(model);
  }
}
