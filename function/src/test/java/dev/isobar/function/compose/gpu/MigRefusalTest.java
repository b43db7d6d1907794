package dev.isobar.function.compose.gpu;

import static dev.isobar.function.compose.gpu.Asks.layout;
import static dev.isobar.function.compose.gpu.Asks.layouts;
import static dev.isobar.function.compose.gpu.Asks.mig;
import static dev.isobar.function.compose.gpu.Asks.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.platform.Partitioning.Mig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MigRefusalTest {
  @ParameterizedTest(name = "{0} {1}: {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "A100-80GB | 1g.5gb*1 | A100-80GB has no profile 1g.5gb (a profile of A100-40GB,"
            + " A800-40GB); its smallest is 1g.10gb | smaller than all",
        "A100-40GB | 2g.20gb*1 | A100-40GB has no profile 2g.20gb (a profile of A100-80GB,"
            + " A800-80GB, H100-80GB and others); use 3g.20gb (the same memory) or 2g.10gb (the"
            + " same compute slices) | of a larger sister",
        "A100-80GB | 1g.10gb.me*1 | A100-80GB has no profile 1g.10gb.me; write it 1g.10gb+me"
            + " | the resource's spelling",
        "A100-80GB | 1G.10GB+ME*1 | A100-80GB has no profile 1G.10GB+ME; write it 1g.10gb+me |"
            + " capitals",
        "A100-80GB | 1g10gb*1 | A100-80GB has no profile 1g10gb; write it 1g.10gb | no dot",
        "A100-80GB | 1c.3g.40gb*1 | A100-80GB has no profile 1c.3g.40gb; use 3g.40gb itself;"
            + " compute instances within a slice are not offered | compute instances",
        "A100-80GB | 6g.40gb*1 | A100-80GB has no profile 6g.40gb; use 4g.40gb (the same memory) |"
            + " nearest compute slices of the same memory",
        "A100-80GB | 1g.10gb-me*1 | A100-80GB has no profile 1g.10gb-me; use 1g.10gb"
            + " | without media engines only on others",
        "A100-80GB | 5g.60gb*1 | A100-80GB has no profile 5g.60gb; use one of its profiles:"
            + " 1g.10gb, 1g.10gb+me, 1g.20gb, 2g.20gb, 3g.40gb, 4g.40gb, 7g.80gb | nothing like it",
        "A100-80GB | half*1 | A100-80GB has no profile half; use one of its profiles: 1g.10gb,"
            + " 1g.10gb+me, 1g.20gb, 2g.20gb, 3g.40gb, 4g.40gb, 7g.80gb | no profile's form",
        "A100-80GB | 1g.99999999999gb*1 | A100-80GB has no profile 1g.99999999999gb; use one of its"
            + " profiles: 1g.10gb, 1g.10gb+me, 1g.20gb, 2g.20gb, 3g.40gb, 4g.40gb, 7g.80gb | a"
            + " number out of range",
        "RTX-PRO-6000-96GB | 2g.48gb+me*1 | RTX-PRO-6000-96GB has no profile 2g.48gb+me; use"
            + " 2g.48gb | an attribute other sizes have",
        "A100-80GB | 1g.10gb*0 | 0 instances cannot be made; ask for 1 or more, or leave it out |"
            + " mig-parted refuses a layout of zeros",
      })
  void profilesThatAreNone(String model, String layout, String sentence, String reason) {
    String profile = layout.substring(0, layout.lastIndexOf('*'));
    assertThat(refusal(layout(layout), "1x" + model))
        .as(reason)
        .containsExactly("gpu.mig.layout[" + profile + "]: " + sentence);
  }

  @ParameterizedTest(name = "{0} {1}: {4}")
  @CsvSource(
      delimiter = '|',
      value = {
        "A100-80GB | 1g.10gb*4 2g.20gb*2 | needs 8 of 7 compute slices | {1g.10gb: 3, 2g.20gb: 2}"
            + " | the one there are most of gives way",
        "A100-80GB | 1g.10gb*5 2g.20gb*2 | needs 9 of 7 compute slices and 9 of 8 memory slices"
            + " | {1g.10gb: 5, 2g.20gb: 1} | one 2g is fewer than two 1g",
        "A100-80GB | 1g.20gb*5 | needs 10 of 8 memory slices | {1g.20gb: 4} | memory alone",
        "A100-80GB | 1g.10gb*1 3g.40gb*2 | needs 9 of 8 memory slices | {3g.40gb: 2}"
            + " | either way two stay, and two 3g keep more memory",
        "A100-80GB | 1g.10gb+me*2 | needs 2 of 1 sets of media extensions | {1g.10gb+me: 1} | one"
            + " engine set",
        "H200-141GB | 7g.141gb*1 1g.18gb*1 | needs 8 of 7 compute slices and 9 of 8 memory slices |"
            + " {7g.141gb: 1} | either way one stays, and 7g has more memory",
        "A30-24GB | 2g.12gb+me*1 1g.6gb+me*1 | needs 2 of 1 sets of media extensions | {2g.12gb+me:"
            + " 1} | they share one set",
        "A30-24GB | 2g.12gb*2 1g.6gb*1 | needs 5 of 4 compute slices and 5 of 4 memory slices"
            + " | {2g.12gb: 2} | either way two stay, and two 2g keep more memory",
        "RTX-PRO-6000-96GB | 1g.24gb+me.all*1 1g.24gb*1 | needs 5 of 4 media engines of each kind"
            + " | {1g.24gb+me.all: 1} | +me.all takes all engines",
        "RTX-PRO-6000-96GB | 1g.24gb+me*1 2g.48gb+me.all*1 | needs 5 of 4 media engines of each"
            + " kind and 2 of 1 sets of media extensions | {2g.48gb+me.all: 1} | both want the one"
            + " set",
        "RTX-PRO-6000-96GB | 1g.24gb*2 1g.24gb+gfx*3 | needs 5 of 4 compute slices and 15 of 12"
            + " memory slices | {1g.24gb: 2, 1g.24gb+gfx: 2} | graphics and plain share slices",
        "RTX-PRO-6000-96GB | 1g.24gb*4 1g.24gb+me*1 1g.24gb+gfx*4 1g.24gb+me.all*1 1g.24gb-me*4"
            + " 2g.48gb*2 2g.48gb+gfx*2 2g.48gb+me.all*1 2g.48gb-me*2 4g.96gb*1 4g.96gb+gfx*1 |"
            + " needs 36 of 4 compute slices and 108 of 12 memory slices | {1g.24gb+me.all: 1,"
            + " 1g.24gb-me: 3} | everything at once: those asked for four times give way first",
        "A100-40GB | 7g.40gb*2000000000 | needs 14000000000 of 7 compute slices and 16000000000 of"
            + " 8 memory slices | {7g.40gb: 1} | beyond any int",
      })
  void layoutsThatAreTooMuch(
      String model, String layout, String shortage, String nearest, String reason) {
    List<String> sentences = refusal(layout(layout), "2x" + model);
    assertThat(sentences).hasSize(1);
    assertThat(sentences.getFirst())
        .as(reason)
        .startsWith("gpu.mig.layout: " + model + " has no room for {")
        .endsWith("}: it " + shortage + "; the nearest layout that fits is " + nearest);
  }

  @Test
  void theWholeSentence() {
    assertThat(refusal(layout("2g.20gb*2 1g.10gb*4"), "1xA100-80GB"))
        .containsExactly(
            "gpu.mig.layout: A100-80GB has no room for {1g.10gb: 4, 2g.20gb: 2}: it needs 8 of 7"
                + " compute slices; the nearest layout that fits is {1g.10gb: 3, 2g.20gb: 2}");
  }

  @Test
  void allUnknownProfilesAreNamedAtOnce() {
    assertThat(refusal(layout("1g.5gb*1 7g.40gb*1 1g.10gb*99"), "1xA100-80GB"))
        .hasSize(2)
        .satisfiesExactly(
            first -> assertThat(first).startsWith("gpu.mig.layout[1g.5gb]: "),
            second -> assertThat(second).startsWith("gpu.mig.layout[7g.40gb]: "));
  }

  @Test
  void layoutsAreAsManyAsGpus() {
    assertThat(refusal(layouts("1g.10gb*1 | 1g.5gb*1 | 7g.80gb*2"), "4xA100-80GB"))
        .satisfiesExactly(
            count ->
                assertThat(count)
                    .isEqualTo(
                        "gpu.mig.layouts: has 3 layouts for the 4 GPUs of a node;"
                            + " write one for each GPU; {} leaves a GPU whole"),
            profile -> assertThat(profile).startsWith("gpu.mig.layouts[1][1g.5gb]: "),
            room ->
                assertThat(room)
                    .startsWith("gpu.mig.layouts[2]: A100-80GB has no room for {7g.80gb: 2}"));
  }

  @Test
  void oneWayToAskForLayouts() {
    assertThat(
            refusal(
                mig(new Mig(Optional.empty(), Optional.empty(), Optional.empty())), "1xA100-80GB"))
        .containsExactly(
            "gpu.mig: needs exactly one of layout, layouts and demand; set layout for GPUs that are"
                + " all alike, layouts for others, or demand to have them chosen");
    assertThat(
            refusal(
                mig(new Mig(Optional.of(Map.of()), Optional.of(List.of()), Optional.empty())),
                "1xA100-80GB"))
        .hasSize(1);
    assertThat(refusal(layout(""), "1xA100-80GB"))
        .containsExactly("gpu.mig.layout: names no profile; name one, or use partitioning none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "V100-32GB | V100-32GB has no MIG; use partitioning none, timeSlicing or mps",
        "RTX-PRO-5000-48GB | the MIG profiles of RTX-PRO-5000-48GB change with the driver, so no"
            + " layout can be promised; use partitioning none, timeSlicing or mps, or have the"
            + " platform team describe the model in spec.gpuModels of the Cloud",
        "H100-81GB | no MIG profiles are known of GPU model H100-81GB; use partitioning none,"
            + " timeSlicing or mps, or have the platform team describe the model in spec.gpuModels"
            + " of the Cloud or correct its name; known with MIG are H100-80GB, A30-24GB,"
            + " A100-40GB, A100-80GB, A800-40GB, A800-80GB, PG506-96GB, H100-94GB, H100-96GB,"
            + " H800-80GB, H800-94GB, H20-96GB, GH200-96GB, GH200-144GB, H200-141GB, B200-180GB,"
            + " GB200-186GB, GB200-189GB, B300-269GB, GB300-278GB, RTX-PRO-6000-96GB",
      })
  void modelsWithoutMig(String model, String sentence) {
    assertThat(refusal(layout("1g.10gb*1"), "1x" + model)).containsExactly("gpu.mig: " + sentence);
  }
}
