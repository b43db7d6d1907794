package dev.isobar.it.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.input.Flavour;
import dev.isobar.cli.yaml.Plain;
import dev.isobar.it.architecture.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every story becomes the same in the flavour that it is not told in. */
final class FlavoursTest {
  private static final Path CHECKOUT = Checkout.here().root();

  /** What is called otherwise without claims. */
  private static final Map<String, String> KINDS =
      Map.of(
          "XPlatformCluster", "PlatformCluster",
          "XGpuWorkspace", "GpuWorkspace",
          "ClusterProfile", "Profile");

  private static final List<String> OF_CORE =
      List.of(
          "crossplane.io/composite", "crossplane.io/claim-name", "crossplane.io/claim-namespace");

  @TempDir Path temporary;

  static Stream<Story> stories() {
    return Story.all(CHECKOUT).stream().filter(story -> !story.refused());
  }

  @ParameterizedTest
  @MethodSource("stories")
  void composesWhatTheOtherFlavourDoes(Story story) throws IOException {
    Flavour other = story.flavour() == Flavour.CLAIMS ? Flavour.NAMESPACED : Flavour.CLAIMS;
    String told = Documents.text(neutral(Files.readString(story.golden())));
    String same = Documents.text(neutral(rendered(story, other)));
    assertThat(Difference.between(told, same)).as("%s, beside the same %s", story, other).isEmpty();
  }

  private String rendered(Story story, Flavour flavour) throws IOException {
    Path observed = Files.createDirectory(temporary.resolve("observed"));
    var histories = new Histories(CHECKOUT, temporary, flavour);
    for (Map.Entry<String, String> file : histories.of(story.name()).entrySet()) {
      Files.writeString(observed.resolve(file.getKey()), file.getValue());
    }
    String folder = "examples/" + story.name() + "/";
    Replay replay =
        Replay.of(
            CHECKOUT,
            List.of(
                "render",
                "--flavour",
                flavour.name().toLowerCase(Locale.ROOT),
                folder + "claim.yaml",
                folder + "cloud.yaml",
                "--observed",
                observed.toString()));
    assertThat(replay.code()).as(replay.err()).isZero();
    return replay.out();
  }

  /** The objects without what tells the flavours apart. */
  private static List<Map<String, @Nullable Object>> neutral(String yaml) {
    List<Map<String, @Nullable Object>> objects = new ArrayList<>();
    for (Map<String, @Nullable Object> document : Documents.parse(yaml)) {
      Tree object = Tree.of(document);
      boolean composite = ManagementCluster.isComposite(document);
      var neutral = new LinkedHashMap<String, @Nullable Object>(document);
      neutral.put("kind", kind(object.at("kind")));
      neutral.put("metadata", metadata(object.at("metadata"), composite));
      if (composite) {
        Map<String, @Nullable Object> spec = Plain.copy(object.at("spec").plain());
        spec.remove("claimRef");
        neutral.put("spec", spec);
      } else if (Documents.kind(document).equals("Usage")) {
        neutral.put("spec", usage(object.at("spec")));
      }
      objects.add(neutral);
    }
    return objects;
  }

  private static String kind(Tree kind) {
    String name = kind.text().orElse("");
    return KINDS.getOrDefault(name, name);
  }

  /** Composites are called after their claims, and core marks what it composes with theirs. */
  private static Map<String, @Nullable Object> metadata(Tree metadata, boolean composite) {
    var neutral = new TreeMap<String, @Nullable Object>();
    if (!composite) {
      neutral.put("name", metadata.at("name").plain());
    }
    for (String marks : List.of("labels", "annotations")) {
      Map<String, @Nullable Object> own = Plain.copy(metadata.at(marks).plain());
      own.keySet().removeAll(OF_CORE);
      neutral.put(marks, own);
    }
    return neutral;
  }

  /** A composite uses what its claim would. */
  private static Map<String, @Nullable Object> usage(Tree spec) {
    Map<String, @Nullable Object> neutral = Plain.copy(spec.plain());
    neutral.put("by", kind(spec.at("by", "kind")));
    return neutral;
  }
}
