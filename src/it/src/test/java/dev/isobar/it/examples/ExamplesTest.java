package dev.isobar.it.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.yaml.Plain;
import dev.isobar.it.architecture.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every example prints what stands beside it. To write that anew: {@code mvn -pl src/it -am test
 * -Dtest=ExamplesTest -Dsurefire.failIfNoSpecifiedTests=false -Disobar.regenerate=true}.
 */
final class ExamplesTest {
  private static final Path CHECKOUT = Checkout.here().root();
  private static final boolean REGENERATE = Boolean.getBoolean("isobar.regenerate");

  @TempDir Path temporary;

  @BeforeAll
  static void regenerate(@TempDir Path temporary) throws IOException {
    for (Story story : REGENERATE ? stories() : List.<Story>of()) {
      var histories = new Histories(CHECKOUT, temporary, story.flavour());
      for (Map.Entry<String, String> file : histories.of(story.name()).entrySet()) {
        Files.createDirectories(story.observed());
        Files.writeString(story.observed().resolve(file.getKey()), file.getValue());
      }
      Replay replay = story.replay();
      Files.writeString(story.golden(), story.refused() ? replay.refusals() : replay.out());
    }
  }

  static List<Story> stories() {
    return Story.all(CHECKOUT);
  }

  static Stream<Story> accepted() {
    return stories().stream().filter(story -> !story.refused());
  }

  static Stream<Story> refused() {
    return stories().stream().filter(Story::refused);
  }

  static Stream<Story> beginnings() {
    return accepted().filter(story -> !Files.exists(story.observed()));
  }

  @ParameterizedTest
  @MethodSource("stories")
  void existingObjectsCameAboutAsTheHistorySays(Story story) throws IOException {
    Map<String, String> history =
        new Histories(CHECKOUT, temporary, story.flavour()).of(story.name());
    Map<String, String> files = read(story.observed());
    assertThat(files.keySet()).as("files in %s", story.observed()).isEqualTo(history.keySet());
    history.forEach((name, text) ->
        assertThat(Difference.between(text, files.getOrDefault(name, "")))
            .as("%s/%s, beside its history", story.observed(), name)
            .isEmpty());
  }

  @ParameterizedTest
  @MethodSource("stories")
  void printsWhatStandsBesideIt(Story story) throws IOException {
    Replay replay = story.replay();
    String output = story.refused() ? replay.refusals() : replay.out();
    assertThat(replay.code()).as(replay.err()).isEqualTo(story.refused() ? 1 : 0);
    assertThat(story.golden()).exists();
    assertThat(Difference.between(Files.readString(story.golden()), output))
        .as("%s, beside what the command prints", CHECKOUT.relativize(story.golden()))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("stories")
  void printsTheSameBytesTwice(Story story) {
    assertThat(story.replay()).isEqualTo(story.replay());
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusalsPrintNothingElse(Story story) throws IOException {
    Replay replay = story.replay();
    assertThat(replay.out()).isEmpty();
    assertThat(replay.err()).isEqualTo(replay.refusals());
    assertThat(Files.readString(story.readme())).contains("`" + story.folder().getFileName() + "`");
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void readmeGivesACommandForItsOwnFolder(Story story) throws IOException {
    assertThat(story.arguments()).contains("examples/" + story.name());
    assertThat(Files.readString(story.readme()).lines().count()).isBetween(10L, 45L);
  }

  /**
   * Creation is not change: what was applied a moment ago, and nobody has looked at yet, is wanted
   * again as it is.
   */
  @ParameterizedTest
  @MethodSource("beginnings")
  void wantsAgainWhatItCreated(Story story) throws IOException {
    String created = composed(story.replay().out());
    Path observed = Files.createDirectory(temporary.resolve("observed"));
    Files.writeString(observed.resolve("created.yaml"), created);
    assertThat(Difference.between(created, composed(with(story, observed).out()))).isEmpty();
  }

  /**
   * A settled cluster causes no writes: all that is wanted of it is there already, and wanted again
   * after it was applied.
   */
  @Test
  void settledClusterComesToRest() throws IOException {
    Story story =
        accepted().filter(one -> one.name().equals("openstack-ready")).findFirst().orElseThrow();
    String wanted = composed(story.replay().out());
    List<Map<String, @Nullable Object>> existing = new ArrayList<>();
    for (String text : read(story.observed()).values()) {
      existing.addAll(Documents.parse(text));
    }
    var applied = new LinkedHashMap<String, Map<String, @Nullable Object>>();
    existing.forEach(object -> applied.put(identity(object), object));
    for (Map<String, @Nullable Object> object : Documents.parse(wanted)) {
      Map<String, @Nullable Object> before = applied.getOrDefault(identity(object), Map.of());
      Map<String, @Nullable Object> after = Documents.overlay(before, object);
      assertThat(after)
          .as("%s as it is, and with what is wanted of it", identity(object))
          .isEqualTo(before);
    }
    assertThat(story.replay().err()).as("events of a settled cluster").doesNotContain("EVENTS");
  }

  @Test
  void nameOfTwoHundredCharactersIsRefused() throws IOException {
    String claim = Files.readString(CHECKOUT.resolve("examples/openstack-gpu-lab/claim.yaml"));
    Path longer = temporary.resolve("claim.yaml");
    Files.writeString(longer, claim.replace("name: eo-lab", "name: " + "n".repeat(200)));
    Replay replay =
        Replay.of(
            CHECKOUT,
            List.of("render", longer.toString(), "examples/openstack-gpu-lab/cloud.yaml"));
    assertThat(replay.code()).as("labels end at 63 characters").isEqualTo(1);
    assertThat(replay.out()).isEmpty();
    assertThat(replay.err()).contains("metadata.name: the name has 200 characters");
  }

  private static Replay with(Story story, Path observed) {
    var arguments = new ArrayList<>(story.arguments());
    arguments.addAll(List.of("--observed", observed.toString()));
    return Replay.of(CHECKOUT, arguments);
  }

  /** All but the composite. */
  private static String composed(String output) {
    List<Map<String, @Nullable Object>> objects = Documents.parse(output);
    return Documents.text(objects.subList(1, objects.size()).stream().map(Plain::copy).toList());
  }

  private static String identity(Map<String, ?> object) {
    return Tree.of(object).at("kind").text().orElse("") + " " + Documents.name(object);
  }

  private static Map<String, String> read(Path folder) throws IOException {
    var files = new LinkedHashMap<String, String>();
    if (Files.exists(folder)) {
      try (Stream<Path> found = Files.list(folder)) {
        for (Path file : found.sorted().toList()) {
          files.put(file.getFileName().toString(), Files.readString(file));
        }
      }
    }
    return files;
  }
}
