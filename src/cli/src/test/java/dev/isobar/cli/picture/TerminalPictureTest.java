package dev.isobar.cli.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TerminalPictureTest {
  private static final Terminal PLAIN = new Terminal(80, false);

  private static List<Picture> both() {
    return PictureReading.read(List.of(Plans.of(Plans.CLUSTER), Plans.of(Plans.WORKSPACE)));
  }

  @Test
  void drawsWhatAClusterHas() {
    assertThat(String.join("\n", TerminalPicture.draw(both().getFirst(), PLAIN)))
        .isEqualTo(
            """
              cut  ■□□□  0 to 4 nodes, 1 ready, 2 × A100-80GB each, on g2.a100.2
                        ┌───────────────┬───────────────┬───────┬───────┬───────┬───────┐
              GPU 0–1   │2g.20gb        │2g.20gb        │1g.10gb│1g.10gb│1g.10gb│░idle░░│
                        │big ×2 (course)│big ×2 (course)│small …│small …│small …│░░░░░░░│
                        └───────────────┴───────────────┴───────┴───────┴───────┴───────┘
                        2 of 16 memory slices of a node are in no slice
                        ■ nvidia.com/mig-1g.10gb 6 a node, 24 in all: small (course)
                        ■ nvidia.com/mig-2g.20gb 4 a node, 16 in all: big ×2 (course)

              turns  □□  2 nodes, 0 ready, 1 × T4-16GB each
                        ┌───────────────────────────────────────────────────────────────┐
              GPU 0     │ 8 pods take turns                                             │
                        └───────────────────────────────────────────────────────────────┘
                        ■ nvidia.com/gpu 8 a node, 16 in all
                        it is being created

              own  ■  1 node, 1 ready, 2 × RTX-PRO-6000-96GB
                        ┌───────────────┬───────────────┬───────────────┬───────────────┐
              GPU 0     │ 1g.24gb       │ 1g.24gb       │ 1g.24gb       │ 1g.24gb       │
                        └───────────────┴───────────────┴───────────────┴───────────────┘
                        ┌───────────────────────────────────────────────────────────────┐
              GPU 1     │ whole GPU                                                     │
                        └───────────────────────────────────────────────────────────────┘
                        ■ nvidia.com/gpu 1
                        ■ nvidia.com/mig-1g.24gb 4

              odd  ■  1 node, 1 ready, 1 × SOMETHING-99GB
                        ┌───────────────────────────────────────────────────────────────┐
              GPU 0     │ 2 × 1g.99gb                                                   │
                        │ where they are is not known here                              │
                        └───────────────────────────────────────────────────────────────┘
                        ■ nvidia.com/mig-1g.99gb 2\
            """);
  }

  @Test
  void drawsAPoolOfTheClusterForWhoUsesIt() {
    assertThat(TerminalPicture.draw(both().getLast(), PLAIN))
        .startsWith(
            "  shared  ■□□□  pool cut of the cluster, 0 to 4 nodes, 1 ready",
            "            2 × A100-80GB each, on g2.a100.2")
        .contains("            │ big ×2        │ big ×2        │small  │small  │small  │░░░░░░░│")
        .endsWith("  no GPU: plain");
  }

  @Test
  void saysWhatIsOfferedWhereTheClusterWasNotRendered() {
    Picture alone = PictureReading.read(List.of(Plans.of(Plans.WORKSPACE))).getFirst();
    assertThat(TerminalPicture.draw(alone, PLAIN))
        .containsExactly(
            "  shared  pool cut of the cluster",
            "            ■ nvidia.com/mig-1g.10gb 6 a node, 24 in all: small",
            "            ■ nvidia.com/mig-2g.20gb 4 a node, 16 in all: big ×2",
            "  no GPU: plain");
  }

  @Test
  void fitsIntoTheTerminal() {
    String longName = Plans.CLUSTER.replace("g2.a100.2", "machine-type-".repeat(9));
    Picture picture = PictureReading.read(List.of(Plans.of(longName))).getFirst();
    for (int columns : new int[] {77, 80, 120, 200}) {
      assertThat(TerminalPicture.draw(picture, new Terminal(columns, false)))
          .as("%d columns", columns)
          .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
    }
    assertThat(TerminalPicture.fits(new Terminal(77, false))).isTrue();
    assertThat(TerminalPicture.fits(new Terminal(76, false))).as("too narrow for boxes").isFalse();
  }

  @Test
  void coloursAreAllThatColoursChange() {
    Picture picture = both().getFirst();
    List<String> coloured = TerminalPicture.draw(picture, new Terminal(80, true));
    assertThat(String.join("\n", coloured)).contains("\u001b[32m", "\u001b[36m", "\u001b[2m");
    assertThat(coloured.stream().map(line -> line.replaceAll("\u001b\\[[0-9]+m", "")).toList())
        .isEqualTo(TerminalPicture.draw(picture, PLAIN));
  }

  @Test
  void nobodysNamesMoveTheCursor() {
    String hostile = Plans.WORKSPACE.replace("name: small", "name: \"sm\\e[2Jall\"");
    Picture picture = PictureReading.read(List.of(Plans.of(hostile))).getFirst();
    assertThat(TerminalPicture.draw(picture, PLAIN))
        .noneMatch(line -> line.contains("\u001b"))
        .anyMatch(line -> line.contains("sm [2Jall"));
  }
}
