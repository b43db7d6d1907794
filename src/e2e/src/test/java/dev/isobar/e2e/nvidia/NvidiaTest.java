package dev.isobar.e2e.nvidia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.isobar.e2e.nvidia.GpuConfig.Reader;
import dev.isobar.e2e.nvidia.GpuConfigJudge.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** mig-parted and the device plugin take every configuration that the function writes. */
final class NvidiaTest {
  private static final String NOTHING = "";
  private static final String MIXED = "mixed";

  private static final String MIG =
      """
      version: v1
      mig-configs:
        all-disabled:
          - {devices: all, mig-enabled: false}
        slices:
          - {devices: [0, 1], mig-enabled: true, mig-devices: {1g.10gb: 6, 1g.10gb+me: 1}}
          - {devices: [2], mig-enabled: false}
      """;

  private static final String TURNS =
      """
      version: v1
      flags: {migStrategy: mixed}
      sharing:
        timeSlicing:
          failRequestsGreaterThanOne: false
          resources:
            - {name: nvidia.com/gpu, replicas: 4}
      """;

  private static final String MPS =
      TURNS.replace("timeSlicing", "mps").replace(": mixed", ": none").replace("false", "true");

  @TempDir Path folder;

  @ParameterizedTest(name = "{0}")
  @MethodSource("sources")
  void everythingWrittenIsTaken(Supplier<List<GpuConfig>> source, Map<String, Long> least) {
    List<GpuConfig> configs = source.get();
    List<Verdict> verdicts = new GpuConfigJudge(folder).judge(configs);
    assertThat(
            IntStream.range(0, configs.size())
                .filter(i -> !verdicts.get(i).refusal().isEmpty())
                .mapToObj(i -> verdicts.get(i) + "\n" + configs.get(i).text()))
        .as("refused, of %d configurations", configs.size())
        .isEmpty();
    var judged =
        verdicts.stream()
            .collect(Collectors.groupingBy(Verdict::sort, TreeMap::new, Collectors.counting()));
    least.forEach((sort, number) ->
        assertThat(judged.getOrDefault(sort, 0L))
            .as("configurations read as %s, of %s", sort, judged)
            .isGreaterThanOrEqualTo(number));
  }

  static Stream<Arguments> sources() {
    return Stream.of(
        source(
            "the examples",
            GpuConfigsOfClaims::examples,
            Map.of("mig", 7L, "time-slicing", 1L, "mps", 1L, "none", 1L)),
        source(
            "200 random claims",
            () -> GpuConfigsOfClaims.randomClaims(200),
            Map.of("mig", 10L, "time-slicing", 20L, "mps", 10L, "none", 1L)),
        source(
            "100 random demands", () -> GpuConfigsOfClaims.randomDemands(100), Map.of("mig", 40L)));
  }

  private static Arguments source(
      String words, Supplier<List<GpuConfig>> source, Map<String, Long> least) {
    return arguments(Named.of(words, source), least);
  }

  /** What would a taken configuration be worth if everything were taken? */
  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void isRefused(String reason, GpuConfig config, String words) {
    assertThat(new GpuConfigJudge(folder).judge(List.of(config)))
        .as(reason)
        .singleElement()
        .satisfies(verdict -> assertThat(verdict.refusal()).contains(words));
  }

  /** What those that are refused were made of. */
  @Test
  void whatTheyWereMadeOfIsTaken() {
    assertThat(
            new GpuConfigJudge(folder)
                .judge(
                    List.of(
                        new GpuConfig("slices", Reader.MIG_PARTED, MIXED, MIG),
                        new GpuConfig("turns", Reader.DEVICE_PLUGIN, MIXED, TURNS),
                        new GpuConfig("turns of nodes", Reader.DEVICE_PLUGIN, NOTHING, TURNS),
                        new GpuConfig("mps", Reader.DEVICE_PLUGIN, NOTHING, MPS))))
        .containsExactly(
            new Verdict("slices", "mig", ""),
            new Verdict("turns", "time-slicing", ""),
            new Verdict("turns of nodes", "time-slicing", ""),
            new Verdict("mps", "mps", ""));
  }

  static Stream<Arguments> refusals() {
    return Stream.of(migRefusals(), sharingRefusals(), strategyRefusals()).flatMap(rows -> rows);
  }

  private static Stream<Arguments> migRefusals() {
    return Stream.of(
        mig("no profile", "1g.10gb:", "half:", "invalid format for 'half'"),
        mig("half an attribute", "+me", "+", "empty attribute in list"),
        mig("a misspelt field", "mig-devices", "mig-device", "unexpected field: mig-device"),
        mig(
            "MIG neither on nor off",
            ", mig-enabled: false",
            "",
            "missing required field: mig-enabled"),
        mig(
            "MIG without slices",
            ", mig-devices: {1g.10gb: 6, 1g.10gb+me: 1}",
            "",
            "missing required field 'mig-devices' when 'mig-enabled' is true"),
        mig(
            "slices without MIG",
            "mig-enabled: true",
            "mig-enabled: false",
            "MIG devices included when 'mig-enabled' is false"),
        mig("a negative number", "gb: 6", "gb: -6", "invalid count"),
        mig("no slice at all", "6, 1g.10gb+me: 1", "0", "all counts for all MigProfiles are 0"),
        mig("GPUs by a word", "all,", "some,", "invalid string input for 'devices': some"),
        mig("another version", "v1", "v2", "unknown version: v2"),
        mig("a filter that is no text", "[2]", "[2], device-filter: 5", "cannot unmarshal number"),
        mig("a GPU divided twice", "[2]", "[1, 2]", "slices: GPU 1 is in 2 groups"),
        mig(
            "a model divided twice",
            "[2]",
            "all, device-filter: '0x20B010DE'",
            "slices: GPU 0 is in 2 groups"),
        mig("a GPU forgotten", "[2]", "[3]", "slices: GPU 2 is in no group"));
  }

  private static Stream<Arguments> sharingRefusals() {
    return Stream.of(
        turns("one does not share", "replicas: 4", "replicas: 1", "replicas must be >= 2"),
        turns("no number", ", replicas: 4", "", "no replicas specified"),
        turns(
            "nothing to share",
            "resources:\n      - {name: nvidia.com/gpu, replicas: 4}",
            "resources: []",
            "no resources specified"),
        turns("a resource of others", "nvidia", "amd", "incorrect format for resource name"),
        turns("no name of a resource", "/gpu", "/GPU", "incorrect format for resource name"),
        turns("another version", "v1", "v2", "unknown version: v2"),
        turns("a misspelt way", "timeSlicing", "timeSlices", "unknown field"),
        turns(
            "a misspelt field",
            "replicas: 4",
            "replicas: 4, replica: 2",
            "sharing.timeSlicing.resources[0].replica is not read"),
        turns(
            "a name that is ignored",
            "replicas: 4",
            "replicas: 4, rename: nvidia.com/share",
            "resources, rename or devices are ignored"),
        turns(
            "a resource shared twice",
            "4}",
            "4}\n      - {name: nvidia.com/gpu, replicas: 2}",
            "nvidia.com/gpu is shared twice"));
  }

  private static Stream<Arguments> strategyRefusals() {
    String refusal = "using --mig-strategy=mixed is not supported with MPS";
    return Stream.of(
        arguments(
            "no strategy",
            changed(Reader.DEVICE_PLUGIN, NOTHING, TURNS, "mixed", "some"),
            "unknown MIG strategy: some"),
        arguments(
            "MPS under a strategy of its own that has no room for it",
            changed(Reader.DEVICE_PLUGIN, NOTHING, MPS, ": none", ": mixed"),
            refusal),
        arguments(
            "MPS under a strategy of all nodes, which wins over its own",
            new GpuConfig("mps", Reader.DEVICE_PLUGIN, MIXED, MPS),
            refusal));
  }

  private static Arguments mig(String reason, String part, String other, String words) {
    return arguments(reason, changed(Reader.MIG_PARTED, MIXED, MIG, part, other), words);
  }

  private static Arguments turns(String reason, String part, String other, String words) {
    return arguments(reason, changed(Reader.DEVICE_PLUGIN, MIXED, TURNS, part, other), words);
  }

  private static GpuConfig changed(
      Reader reader, String strategy, String text, String part, String other) {
    assertThat(text).contains(part);
    return new GpuConfig(other, reader, strategy, text.replace(part, other));
  }
}
