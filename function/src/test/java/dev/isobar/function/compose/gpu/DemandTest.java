package dev.isobar.function.compose.gpu;

import static dev.isobar.function.compose.gpu.Asks.demand;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.decode.Mistake;
import dev.isobar.apis.platform.Partitioning;
import dev.isobar.apis.platform.Partitioning.Mig;
import dev.isobar.apis.schema.Size;
import dev.isobar.function.Seeds;
import dev.isobar.function.compose.gpu.geometry.GpuModels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class DemandTest {
  private static GpuPlanning answer(
      String demand, String machine, int most, boolean alike, LayoutsInUse inUse) {
    return answer(demand(demand), machine, most, alike, inUse);
  }

  private static GpuPlanning answer(
      Partitioning demand, String machine, int most, boolean alike, LayoutsInUse inUse) {
    return GpuPlanner.plan(
        new GpuAsk(
            Asks.offers(machine),
            demand,
            GpuModels.known(),
            new GpuAsk.Nodes(most, alike ? 1 : Integer.MAX_VALUE),
            inUse,
            "gpu"));
  }

  private static AcceleratorPlan plan(
      String demand, String machine, int most, boolean alike, LayoutsInUse inUse) {
    return switch (answer(demand, machine, most, alike, inUse)) {
      case GpuPlanning.Planned(AcceleratorPlan plan) -> plan;
      case GpuPlanning.Refused(List<Mistake> mistakes) -> throw new AssertionError(mistakes);
    };
  }

  private static AcceleratorPlan plan(String demand, String machine) {
    return plan(demand, machine, 0, false, LayoutsInUse.NONE);
  }

  /** Patterns are separated by a slash, GPUs by a bar. */
  private static LayoutsInUse inUse(String patterns) {
    return new LayoutsInUse(
        List.of(patterns.split("/")).stream().map(DemandTest::pattern).toList(), false);
  }

  private static List<SortedMap<String, Integer>> pattern(String layouts) {
    return List.of(layouts.split("\\|", -1)).stream()
        .<SortedMap<String, Integer>>map(layout -> new TreeMap<>(Asks.counts(layout)))
        .toList();
  }

  private static String spelled(AcceleratorPlan plan) {
    return plan.patterns().stream()
        .map(pattern -> pattern.nodes() + "x" + pattern.node().layouts())
        .toList()
        .toString();
  }

  @ParameterizedTest(name = "{0} on {1}: {4}")
  @CsvSource(
      delimiter = '|',
      value = {
        "10Gi*7 | 1xA100-80GB | [nvidia.com/mig-1g.10gb] | [1x[{1g.10gb=7}]] | the smallest that"
            + " has the memory",
        "1g.10gb*8 | 2xA100-80GB | [nvidia.com/mig-1g.10gb] | [1x[{1g.10gb=7}, {1g.10gb=7}]] |"
            + " GPUs that are left over are divided alike",
        "20Gi*4 | 1xH100-80GB | [nvidia.com/mig-1g.20gb] | [1x[{1g.20gb=4}]] | less compute for"
            + " the same memory, because more would take a second node",
        "20Gi*3 | 1xH100-80GB | [nvidia.com/mig-2g.20gb] | [1x[{2g.20gb=3}]] | more compute for"
            + " the same memory, because it takes no more nodes",
        "40Gi*1 20Gi*1 1g.20gb*1 | 1xH100-80GB | [nvidia.com/mig-4g.40gb, nvidia.com/mig-2g.20gb,"
            + " nvidia.com/mig-1g.20gb] | [1x[{1g.20gb=1, 2g.20gb=1, 4g.40gb=1}]] | a profile is"
            + " what it is named",
        "15Gi*3 | 1xA100-40GB | [nvidia.com/mig-3g.20gb] | [2x[{3g.20gb=2}]] | memory in between",
        "19G*4 | 1xH100-80GB | [nvidia.com/mig-1g.20gb] | [1x[{1g.20gb=4}]] | decimal units",
        "80Gi*3 | 2xA100-80GB | [nvidia.com/gpu] | [2x[{}, {}]] | a whole GPU has more compute"
            + " than its largest profile",
        "7g.80gb*3 | 2xA100-80GB | [nvidia.com/mig-7g.80gb] | [2x[{7g.80gb=1}, {7g.80gb=1}]] | the"
            + " profile when it is named",
        "80Gi*1 40Gi*1 10Gi*4 | 2xA100-80GB | [nvidia.com/gpu, nvidia.com/mig-3g.40gb,"
            + " nvidia.com/mig-1g.10gb] | [1x[{}, {1g.10gb=4, 3g.40gb=1}]] | whole and divided on"
            + " one node",
        "20Gi*12 40Gi*2 | 8xH100-80GB | [nvidia.com/mig-2g.20gb, nvidia.com/mig-3g.40gb] |"
            + " [1x[{2g.20gb=2, 3g.40gb=1}, {2g.20gb=2, 3g.40gb=1}, {2g.20gb=2, 3g.40gb=1},"
            + " {2g.20gb=2, 3g.40gb=1}, {2g.20gb=2, 3g.40gb=1}, {2g.20gb=2, 3g.40gb=1},"
            + " {2g.20gb=2, 3g.40gb=1}, {2g.20gb=2, 3g.40gb=1}]] | two sizes on eight GPUs, and no"
            + " compute to nobody",
        "24Gi*2 1g.24gb+gfx*1 1g.24gb+me*1 | 1xRTX-PRO-6000-96GB | [nvidia.com/mig-1g.24gb,"
            + " nvidia.com/mig-1g.24gb.gfx, nvidia.com/mig-1g.24gb.me] | [1x[{1g.24gb=2,"
            + " 1g.24gb+gfx=1, 1g.24gb+me=1}]] | graphics and media beside plain slices",
        "2g.48gb+me.all*1 24Gi*2 | 1xRTX-PRO-6000-96GB | [nvidia.com/mig-2g.48gb.me.all,"
            + " nvidia.com/mig-1g.24gb] | [1x[{1g.24gb=4}], 1x[{2g.48gb+me.all=1}]] | all media"
            + " engines leave none to others",
        "6Gi*3 2g.12gb+me*1 | 1xA30-24GB | [nvidia.com/mig-1g.6gb, nvidia.com/mig-2g.12gb.me] |"
            + " [2x[{1g.6gb=2, 2g.12gb+me=1}]] | four slices",
        "10Gi*3 1g.10gb*4 | 1xA100-80GB | [nvidia.com/mig-1g.10gb, nvidia.com/mig-1g.10gb] |"
            + " [1x[{1g.10gb=7}]] | lines that come to the same are added",
      })
  void isServed(String demand, String machine, String resources, String nodes, String reason) {
    AcceleratorPlan plan = plan(demand, machine);
    assertThat(spelled(plan)).as(reason).isEqualTo(nodes);
    assertThat(plan.served().stream().map(AcceleratorPlan.Served::resource).toList())
        .hasToString(resources);
    assertThat(plan.atLeast()).isEqualTo(plan.nodes());
    assertThat(plan.kept()).isFalse();
  }

  @Test
  void offersPerNodeAndInAll() {
    AcceleratorPlan plan = plan("1g.10gb*60", "8xA100-80GB");
    assertThat(plan.node().resources()).hasToString("{nvidia.com/mig-1g.10gb=56}");
    assertThat(plan.resources()).hasToString("{nvidia.com/mig-1g.10gb=112}");
    assertThat(plan.nodes()).isEqualTo(2);
    assertThat(plan.wastedComputeSlices()).isZero();
    assertThat(plan.wastedMemorySlices()).as("one of eight on each GPU").isEqualTo(16);
    assertThat(plan.served())
        .containsExactly(new AcceleratorPlan.Served("1g.10gb", 60, "nvidia.com/mig-1g.10gb"));
  }

  @Test
  void otherWaysToDivideAreTheSameModel() {
    var answer = answer(Asks.timeSlicing(4, true), "2xT4-16GB", 3, true, LayoutsInUse.NONE);
    assertThat(answer).isInstanceOf(GpuPlanning.Planned.class);
    AcceleratorPlan plan = ((GpuPlanning.Planned) answer).plan();
    assertThat(plan.resources()).as("3 nodes, 2 GPUs, 4 turns").hasToString("{nvidia.com/gpu=24}");
    assertThat(plan.served()).isEmpty();
    assertThat(plan.resourceWith(new Size("4Gi"))).contains("nvidia.com/gpu");
    assertThat(plan.resourceWith(new Size("5Gi"))).as("a turn's fair share").isEmpty();
  }

  record Row(
      String demand, String machine, int most, String inUse, String outcome, String reason) {}

  static Stream<Row> inUse() {
    String mixed = "1g.10gb*4 3g.40gb*1";
    return Stream.of(
        new Row("1g.10gb*7", "1xA100-80GB", 0, "1g.10gb*7", "kept 1", "nothing changes"),
        new Row("1g.10gb*3", "1xA100-80GB", 0, "1g.10gb*7", "kept 1", "less is asked for"),
        new Row("40Gi*1", "1xA100-80GB", 0, mixed, "kept 1", "a part is not asked for any more"),
        new Row("1g.10gb*7", "1xA100-80GB", 0, mixed, "new 1", "no more nodes than needed"),
        new Row("1g.10gb*7", "1xA100-80GB", 2, mixed, "kept 2", "as many nodes as there may be"),
        new Row("1g.10gb*9", "1xA100-80GB", 2, mixed, "new 2", "more nodes than there may be"),
        new Row("1g.20gb*1", "1xA100-80GB", 9, "1g.10gb*7", "new 1", "it does not have the part"),
        new Row("1g.10gb*3", "1xA100-40GB", 9, "1g.10gb*7", "new 1", "only four fit this model"),
        new Row("1g.10gb*3", "2xA100-80GB", 9, "1g.10gb*7", "new 1", "nodes with one GPU"),
        new Row("80Gi*1", "2xA100-80GB", 9, "|", "kept 1", "whole GPUs"),
        new Row("20Gi*3", "1xH100-80GB", 9, "1g.20gb*4", "kept 1", "less compute, but in use"),
        new Row("20Gi*3", "1xH100-80GB", 9, "2g.20gb*3", "kept 1", "more compute, and in use"),
        new Row(
            "10Gi*20",
            "2xA100-80GB",
            9,
            "1g.10gb*7|/" + mixed + "|1g.10gb*7",
            "kept 2",
            "two of the second of two patterns"),
        new Row(
            "10Gi*14 80Gi*1",
            "2xA100-80GB",
            9,
            "1g.10gb*7|/" + mixed + "|1g.10gb*7",
            "kept 2",
            "one of each pattern"));
  }

  @ParameterizedTest
  @MethodSource
  void inUse(Row row) {
    AcceleratorPlan plan = plan(row.demand, row.machine, row.most, false, inUse(row.inUse));
    assertThat((plan.kept() ? "kept " : "new ") + plan.nodes())
        .as(row.reason)
        .isEqualTo(row.outcome);
  }

  @Test
  void whatWasPlannedIsKept() {
    List<String> asked =
        List.of(
            "1g.10gb", "1g.20gb", "2g.20gb", "3g.40gb", "4g.40gb", "7g.80gb", "80Gi", "1g.10gb+me");
    Seeds.each(
        150,
        random -> {
          var words = new ArrayList<>(asked);
          Collections.shuffle(words, random);
          var demand = new StringBuilder();
          var less = new StringBuilder();
          for (String word : words.subList(0, 1 + random.nextInt(3))) {
            int count = 1 + random.nextInt(30);
            demand.append(word).append('*').append(count).append(' ');
            less.append(word).append('*').append(1 + random.nextInt(count)).append(' ');
          }
          String machine = (1 << random.nextInt(4)) + "xH100-80GB";
          AcceleratorPlan first = plan(demand.toString(), machine);
          var patterns =
              new LayoutsInUse(
                  first.patterns().stream().map(pattern -> pattern.node().layouts()).toList(),
                  false);
          AcceleratorPlan again = plan(demand.toString(), machine, first.nodes(), false, patterns);
          assertThat(again.kept() || first.patterns().size() > 4).as("%s", demand).isTrue();
          assertThat(again.nodes()).isEqualTo(first.nodes());
          AcceleratorPlan later = plan(less.toString(), machine, first.nodes(), false, patterns);
          assertThat(later.kept() || first.patterns().size() > 4).as("%s", less).isTrue();
          assertThat(later.nodes()).isLessThanOrEqualTo(first.nodes());
        });
  }

  @Test
  void noMoreKindsThanThereMayBe() {
    var words = "80Gi*1 10Gi*21";
    for (int kinds : new int[] {1, 2, Integer.MAX_VALUE}) {
      var ask =
          new GpuAsk(
              Asks.offers("2xA100-80GB"),
              demand(words),
              GpuModels.known(),
              new GpuAsk.Nodes(0, kinds),
              LayoutsInUse.NONE,
              "gpu");
      AcceleratorPlan plan = ((GpuPlanning.Planned) GpuPlanner.plan(ask)).plan();
      assertThat(plan.patterns()).hasSizeLessThanOrEqualTo(kinds);
      assertThat(plan.nodes()).as("in %d kinds", kinds).isEqualTo(kinds == 1 ? 3 : 2);
    }
  }

  @Test
  void aSettledDemandIsNotPlannedAnewForWhatACloudSays() {
    var settled = new LayoutsInUse(inUse("1g.10gb*7").patterns(), true);
    assertThat(plan("10Gi*3", "1xA100-80GB", 4, true, settled).kept()).isTrue();
    assertThat(sentences(answer("10Gi*3", "1xH200-141GB", 4, true, settled)))
        .containsExactly(
            "gpu.mig.demand: the layout in use was planned for this demand, but by what the Cloud"
                + " says of H200-141GB now it does not serve it, and nodes are not divided anew for"
                + " that; the platform team must correct the model in the Cloud; a changed demand"
                + " is planned anew");
  }

  @ParameterizedTest(name = "{0} on {1}: {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "50Gi*1 | 1xA100-40GB | gpu.mig.demand[0].memory: a whole A100-40GB has less than 50Gi; ask"
            + " for 40Gi or less, or choose a machine type with larger GPUs; programs cannot be"
            + " given parts of several GPUs | larger than any profile",
        "10Gi*1 0Gi*1 | 1xA100-40GB | gpu.mig.demand[1].memory: 0Gi is nothing; ask for 1Gi or more"
            + " | no memory",
        "1g.5gb*1 | 1xA100-80GB | gpu.mig.demand[0].profile: A100-80GB has no profile 1g.5gb (a"
            + " profile of A100-40GB, A800-40GB); its smallest is 1g.10gb | another product's"
            + " profile",
        "1g.10gb*0 | 1xA100-80GB | gpu.mig.demand[0].count: 0 is nothing; ask for 1 or more, or"
            + " leave it out | no slices",
        "10Gi*1 | 1xV100-32GB | gpu.mig: V100-32GB has no MIG; use partitioning none, timeSlicing"
            + " or mps | no MIG",
        "10Gi*100 | 8xA100-80GB | gpu.mig.demand: needs 2 nodes, and there may be 1; allow 2, or"
            + " ask for less: 1 have 56 nvidia.com/mig-1g.10gb | more nodes than there may be",
        "7g.80gb*1 10Gi*1 | 1xA100-80GB | gpu.mig.demand: no one layout of the 1 GPU of a node has"
            + " room for all of it; make a pool for each part of it, or choose a machine type with"
            + " more GPUs | parts that exclude each other",
      })
  void isRefused(String demand, String machine, String sentence, String reason) {
    assertThat(sentences(answer(demand, machine, 1, true, LayoutsInUse.NONE)))
        .as(reason)
        .containsExactly(sentence);
  }

  @Test
  void anEmptyDemandIsRefused() {
    var nothing = Asks.mig(new Mig(Optional.empty(), Optional.empty(), Optional.of(List.of())));
    assertThat(sentences(answer(nothing, "1xA100-80GB", 1, true, LayoutsInUse.NONE)))
        .containsExactly(
            "gpu.mig.demand: asks for nothing; name one memory or profile, or use partitioning"
                + " none");
  }

  private static List<String> sentences(GpuPlanning planning) {
    return switch (planning) {
      case GpuPlanning.Planned(AcceleratorPlan plan) -> List.of("planned: " + spelled(plan));
      case GpuPlanning.Refused(List<Mistake> mistakes) ->
          mistakes.stream().map(Mistake::sentence).toList();
    };
  }
}
