package dev.isobar.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.provider.decide.Annotations;
import dev.isobar.provider.decide.Managed;
import dev.isobar.provider.external.CallPoints;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Exactly one machine survives per Instance, wherever a process dies and whoever else is at work.
 *
 * <p>Each plot is played once undisturbed, to learn every point at which the provider talks to the
 * cloud or to the API server, before and after the effect. Then it is played again for every such
 * point with a process that dies there, for every pair of changes with two that die, and for every
 * point with a second process that makes a whole pass just there, from a fresh or an old cache. A
 * new process then works from what is stored until long after the latest late creation. What there
 * is in the end must be what the plot says, whatever happened.
 */
final class CrashTest {
  private static final Duration LONG = Duration.ofMinutes(12);

  /** How much of a plot is disturbed: enough for it to come to rest. */
  private static final Duration DISTURBED = Duration.ofSeconds(200);

  @ParameterizedTest
  @EnumSource
  void undisturbed(Plot plot) {
    World world = plot.begin();
    world.process().work(LONG);
    assertEnd(plot, world, "undisturbed");
  }

  @ParameterizedTest
  @EnumSource
  void killedAtAnyPoint(Plot plot) {
    List<String> points = points(plot);
    for (int point = 0; point < points.size(); point++) {
      World world = plot.begin();
      killed(world, point, _ -> true);
      world.process().work(LONG);
      assertEnd(plot, world, "killed at point %d: %s".formatted(point, points.get(point)));
    }
  }

  /** Around changes only: to die around a look is to die before the change that follows it. */
  @ParameterizedTest
  @EnumSource
  void killedTwiceAroundAnyChanges(Plot plot) {
    List<String> points = points(plot).stream().filter(CrashTest::isChange).toList();
    for (int first = 0; first < points.size(); first++) {
      boolean died = true;
      for (int second = 0; died; second++) {
        World world = plot.begin();
        killed(world, first, CrashTest::isChange);
        died = killed(world, second, CrashTest::isChange);
        world.process().work(LONG);
        assertEnd(
            plot,
            world,
            "killed at change %d: %s, and again at change %d"
                .formatted(first, points.get(first), second));
      }
    }
  }

  private static boolean isChange(String point) {
    return !point.matches("(before|after) (cloud[.](observe|list|compare)|kube[.]read)");
  }

  @ParameterizedTest
  @EnumSource
  void joinedByATwinWithAFreshCacheAtAnyPoint(Plot plot) {
    joined(plot, Cache.FRESH);
  }

  @ParameterizedTest
  @EnumSource
  void joinedByATwinWithAnOldCacheAtAnyPoint(Plot plot) {
    joined(plot, Cache.OLD);
  }

  private enum Cache {
    FRESH,
    OLD
  }

  /** The twin makes a pass in the middle of the first one's call, then both go on side by side. */
  private static void joined(Plot plot, Cache cache) {
    List<String> points = points(plot);
    for (int point = 0; point < points.size(); point++) {
      World world = plot.begin();
      World.Process twin = world.process();
      twin.store.sync();
      CallPoints joining =
          new AtPoint(
              point,
              _ -> true,
              () -> {
                if (cache == Cache.FRESH) {
                  twin.store.sync();
                }
                Duration _ = twin.pass();
              });
      world.cloud.watch(joining);
      world.new Process(joining).work(DISTURBED);
      twin.work(LONG);
      assertEnd(
          plot,
          world,
          "twin with %s cache at point %d: %s".formatted(cache, point, points.get(point)));
    }
  }

  /** Every point of an undisturbed play. */
  private static List<String> points(Plot plot) {
    World world = plot.begin();
    List<String> points = new ArrayList<>();
    world.cloud.watch(points::add);
    world.new Process(points::add).work(DISTURBED);
    assertThat(points).as("points of %s", plot).isNotEmpty();
    return points;
  }

  /** A process that dies at a point, unless it comes to rest before; answers whether it died. */
  private static boolean killed(World world, int point, Predicate<String> counted) {
    CallPoints deadly =
        new AtPoint(
            point,
            counted,
            () -> {
              throw new Killed();
            });
    world.cloud.watch(deadly);
    try {
      world.new Process(deadly).work(DISTURBED);
      return false;
    } catch (Killed _) {
      return true;
    } finally {
      world.cloud.watch(CallPoints.QUIET);
    }
  }

  private static void assertEnd(Plot plot, World world, String what) {
    Optional<Managed> object = world.object();
    assertThat(world.cloud.live())
        .as("machines after %s, %s; %s", plot, what, world)
        .hasSize(plot.end.machines);
    assertThat(object.isPresent())
        .as("object after %s, %s; %s", plot, what, world)
        .isEqualTo(plot.end.object);
    assertThat(world.cloud.portsLeft())
        .as("leftovers after %s, %s; %s", plot, what, world)
        .hasSize(plot.end.leftovers);
    assertThat(world.cloud.expectsMore()).as("late creations after %s, %s", plot, what).isFalse();
    if (plot.end == Plot.End.ONE) {
      assertThat(object.flatMap(Managed::externalName).stream().toList())
          .as("the object names the machine after %s, %s; %s", plot, what, world)
          .isEqualTo(world.cloud.live());
      assertThat(object.orElseThrow().annotations())
          .as("nothing is said to be removed after %s, %s; %s", plot, what, world)
          .doesNotContainKey(Annotations.REMOVING);
      assertThat(world.conditions())
          .as("conditions after %s, %s; %s", plot, what, world)
          .containsEntry("Ready", "True/Available")
          .containsEntry("Synced", "True/ReconcileSuccess");
    }
  }

  /** Does something when this many of the points that count were reached. */
  private static final class AtPoint implements CallPoints {
    private final int at;
    private final Predicate<String> counted;
    private final Runnable deed;
    private int reached;

    AtPoint(int at, Predicate<String> counted, Runnable deed) {
      this.at = at;
      this.counted = counted;
      this.deed = deed;
    }

    @Override
    public void reach(String point) {
      if (counted.test(point) && reached++ == at) {
        deed.run();
      }
    }
  }

  /** The end of a process: nothing catches it. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1;

    Killed() {
      super(null, null, false, false);
    }
  }
}
