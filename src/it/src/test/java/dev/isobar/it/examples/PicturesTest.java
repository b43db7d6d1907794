package dev.isobar.it.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.call.FunctionChannel;
import dev.isobar.cli.call.OwnFunction;
import dev.isobar.cli.input.Flavour;
import dev.isobar.cli.input.Input;
import dev.isobar.cli.input.InputFiles;
import dev.isobar.cli.input.InputReading;
import dev.isobar.cli.picture.GpuRow;
import dev.isobar.cli.picture.OfferedResource;
import dev.isobar.cli.picture.Picture;
import dev.isobar.cli.picture.PictureReading;
import dev.isobar.cli.picture.PicturedNode;
import dev.isobar.cli.picture.PicturedPool;
import dev.isobar.cli.picture.PicturedSlice;
import dev.isobar.cli.picture.Planned;
import dev.isobar.cli.picture.Terminal;
import dev.isobar.cli.picture.TerminalPicture;
import dev.isobar.cli.render.Core;
import dev.isobar.cli.render.Rendering;
import dev.isobar.it.architecture.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is drawn of the examples is what their status says. */
final class PicturesTest {
  private static final String WHOLE = "nvidia.com/gpu";

  static Stream<Story> stories() {
    return Story.all(Checkout.here().root()).stream().filter(story -> !story.refused());
  }

  @ParameterizedTest
  @MethodSource("stories")
  void picturesAgreeWithTheStatus(Story story) {
    List<Planned> planned = planned(story.folder(), story.flavour());
    List<Picture> pictures = PictureReading.read(planned);
    assertThat(pictures).hasSameSizeAs(planned).isNotEmpty();
    for (int i = 0; i < pictures.size(); i++) {
      Tree status = planned.get(i).composite().at("status");
      for (PicturedPool pool : pictures.get(i).pools()) {
        PicturedNode now = pool.nodes().getLast();
        for (PicturedNode node : pool.nodes()) {
          if (node.note().equals("now") || node.note().equals("nodes that go")) {
            now = node;
          }
        }
        offersAreWhatIsDrawn(pool, now);
        wasteIsThatOfTheStatus(pool, now, status);
      }
      for (Tree accelerator : status.at("accelerators").items()) {
        sumsAreThoseOfTheStatus(pictures.get(i), accelerator);
      }
      assertThat(TerminalPicture.draw(pictures.get(i), new Terminal(80, false)))
          .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }
  }

  /** One that nobody knows, and one that is known but that the Cloud describes otherwise. */
  @ParameterizedTest
  @ValueSource(strings = {"RTX-PRO-5000-48GB", "A100-80GB"})
  void productsThatACloudDescribesArePlacedAsItSays(String model, @TempDir Path folder)
      throws IOException {
    Path lab = Checkout.here().root().resolve("examples/openstack-gpu-lab");
    String described =
        """
          gpuModels:
            - name: %s
              computeSlices: 2
              memorySlices: 6
              profiles: [{name: 1g.24gb, memorySlices: 3, starts: [0, 3]}, {name: 2g.48gb, memorySlices: 6, starts: [0]}]
          sshKey: platform
        """
            .formatted(model);
    Files.writeString(
        folder.resolve("cloud.yaml"),
        Files.readString(lab.resolve("cloud.yaml"))
            .replace("  sshKey: platform\n", described)
            .replace("model: A100-80GB", "model: " + model));
    Files.writeString(
        folder.resolve("claim.yaml"),
        Files.readString(lab.resolve("claim.yaml"))
            .replace("layout: {1g.10gb: 3, 2g.20gb: 2}", "layout: {1g.24gb: 1}"));
    PicturedPool pool =
        PictureReading.read(planned(folder, Flavour.CLAIMS)).getFirst().pools().getFirst();
    assertThat(pool.nodes().getFirst().rows().getFirst().division())
        .isEqualTo(
            new GpuRow.Sliced(
                2,
                6,
                List.of(
                    new PicturedSlice("1g.24gb", "nvidia.com/mig-1g.24gb", 0, 3, 1, List.of()))));
  }

  private static void offersAreWhatIsDrawn(PicturedPool pool, PicturedNode node) {
    var drawn = new TreeMap<String, Integer>();
    for (GpuRow row : node.rows()) {
      int times = row.indices().size();
      switch (row.division()) {
        case GpuRow.Sliced sliced ->
            sliced.slices().stream()
                .map(PicturedSlice::resource)
                .forEach(resource -> add(drawn, resource, times));
        case GpuRow.Whole _ -> add(drawn, WHOLE, times);
        case GpuRow.Shared shared -> add(drawn, WHOLE, times * shared.replicas());
        case GpuRow.Unplaced unplaced -> throw new AssertionError("not placed: " + unplaced);
      }
    }
    var offered = new TreeMap<String, Integer>();
    pool.offers()
        .forEach((OfferedResource offer) -> offered.put(offer.resource(), offer.perNode()));
    assertThat(drawn).as("%s", pool.name()).isEqualTo(offered);
  }

  private static void wasteIsThatOfTheStatus(PicturedPool pool, PicturedNode node, Tree status) {
    status.at("accelerators").items().stream()
        .flatMap(accelerator -> accelerator.at("kinds").items().stream())
        .filter(kind -> kind.at("pool").text().equals(Optional.of(pool.pool())))
        .filter(kind -> kind.at("wastedComputeSlices").exists())
        .forEach(kind -> {
          assertThat(kind.at("wastedComputeSlices").whole()).contains((long) node.wastedCompute());
          assertThat(kind.at("wastedMemorySlices").whole()).contains((long) node.wastedMemory());
        });
  }

  private static void sumsAreThoseOfTheStatus(Picture picture, Tree accelerator) {
    var drawn = new TreeMap<String, Integer>();
    picture.pools().stream()
        .filter(pool -> accelerator.at("name").text().equals(Optional.of(pool.name())))
        .flatMap(pool -> pool.offers().stream())
        .forEach(offer -> add(drawn, offer.resource(), offer.inAll()));
    var told = new TreeMap<String, Integer>();
    Tree inAll = accelerator.at("inAll");
    inAll
        .fields()
        .forEach(resource ->
            add(told, resource, Math.toIntExact(inAll.at(resource).whole().orElse(0L))));
    assertThat(drawn).isEqualTo(told);
  }

  private static void add(Map<String, Integer> sums, String resource, int count) {
    sums.put(resource, sums.getOrDefault(resource, 0) + count);
  }

  private static List<Planned> planned(Path folder, Flavour flavour) {
    Input input =
        InputReading.read(InputFiles.find(List.of(folder), List.of()), Optional.empty(), flavour);
    try (OwnFunction function = OwnFunction.begin();
        FunctionChannel channel = FunctionChannel.to(function.address())) {
      return Rendering.done(new Core(input, flavour, channel).render()).stream()
          .map(Rendering.Done::planned)
          .toList();
    }
  }
}
