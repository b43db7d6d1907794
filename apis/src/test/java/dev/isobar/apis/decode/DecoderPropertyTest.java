package dev.isobar.apis.decode;

import static dev.isobar.apis.decode.Written.valid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.CloudSpec;
import dev.isobar.apis.compute.CloudStatus;
import dev.isobar.apis.infrastructure.GpuMachineTemplate;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.platform.PlatformClusterStatus;
import dev.isobar.apis.settings.Settings;
import dev.isobar.apis.tree.Tree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** What holds for every object of every API; the repetition that fails is the seed to try again. */
final class DecoderPropertyTest {
  private static final List<Class<? extends Record>> APIS =
      List.of(
          PlatformClusterSpec.class,
          PlatformClusterStatus.class,
          CloudSpec.class,
          CloudStatus.class,
          GpuMachineTemplate.Spec.class,
          Settings.class,
          Orchard.class);

  private static final List<Object> JUNK =
      Arrays.asList(
          null,
          "",
          "x\ny\u2028z",
          "9".repeat(5000),
          -1L,
          0L,
          3.5,
          1e300,
          Double.NaN,
          Double.POSITIVE_INFINITY,
          true,
          List.of(),
          Map.of(),
          List.of(List.of(List.of())),
          Map.of("\n", Map.of("", "x".repeat(3000))),
          IntStream.range(0, 500).boxed().toList());

  @RepeatedTest(1000)
  void whatIsEncodedDecodesToTheSame(RepetitionInfo seed) {
    Random random = new Random(seed.getCurrentRepetition());
    roundTrip(APIS.get(random.nextInt(APIS.size())), random);
  }

  private static <T extends Record> void roundTrip(Class<T> type, Random random) {
    Decoder<T> decoder = Decoder.of(type);
    Object written = new ApiObjects(random).of(type);
    T value = valid(decoder.decode(Tree.of(written), "spec"));
    assertThat(valid(decoder.decode(Tree.of(Encoder.onlySet(value)), "spec"))).isEqualTo(value);
    assertThat(valid(decoder.decode(Tree.of(Encoder.everything(value)), "spec"))).isEqualTo(value);
    assertThat(valid(decoder.lenient().decode(Tree.of(written), "spec"))).isEqualTo(value);
  }

  @RepeatedTest(1000)
  void whateverIsWrittenTheAnswerIsReadable(RepetitionInfo seed) {
    Random random = new Random(seed.getCurrentRepetition());
    Class<? extends Record> type = APIS.get(random.nextInt(APIS.size()));
    Object spoilt = new ApiObjects(random).of(type);
    for (int i = 0; i <= random.nextInt(5); i++) {
      spoilt = spoil(spoilt, random);
    }
    assertThat(Decoder.of(type).lenient().decode(Tree.of(spoilt), "spec")).isNotNull();
    if (Decoder.of(type).decode(Tree.of(spoilt), "spec")
        instanceof Decoded.Invalid<?>(List<Mistake> mistakes)) {
      assertThat(mistakes).hasSizeBetween(1, Decoder.MOST_MISTAKES).doesNotHaveDuplicates();
      assertThat(mistakes).allSatisfy(mistake -> assertThat(mistake.path()).startsWith("spec"));
      assertThat(mistakes)
          .allSatisfy(mistake ->
              assertThat(mistake.sentence()).hasSizeLessThan(1000).doesNotContain("\n", "\u2028"));
    }
  }

  /** The object with one value replaced, or one field added. */
  private static Object spoil(Object object, Random random) {
    if (random.nextInt(4) == 0) {
      return JUNK.get(random.nextInt(JUNK.size()));
    }
    if (object instanceof Map<?, ?> map && !map.isEmpty()) {
      Map<String, Object> copy = new TreeMap<>();
      map.forEach((name, value) -> copy.put(String.valueOf(name), value));
      List<String> names = List.copyOf(copy.keySet());
      String name = names.get(random.nextInt(names.size()));
      String other = random.nextInt(4) == 0 ? name + "\r\n" : name;
      copy.put(other, spoil(copy.get(name), random));
      return copy;
    }
    if (object instanceof List<?> list && !list.isEmpty()) {
      List<Object> copy = new ArrayList<>(list);
      int at = random.nextInt(copy.size());
      copy.set(at, spoil(copy.get(at), random));
      return copy;
    }
    return JUNK.get(random.nextInt(JUNK.size()));
  }
}
