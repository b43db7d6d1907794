package dev.isobar.provider.reconcile;

import static dev.isobar.provider.reconcile.World.KEY;
import static dev.isobar.provider.reconcile.World.UID;

import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.InstanceParameters.PowerState;
import dev.isobar.apis.compute.InstanceSpec.RecreatePolicy;
import dev.isobar.provider.decide.Annotations;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Wishes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What befalls an Instance, up to the moment from which a process may die at any point. */
enum Plot {
  /** The plain case. */
  CREATE(Cloud.WITHOUT_TOKENS, End.ONE, Plot::created),
  CREATE_WITH_TOKENS(Cloud.WITH_TOKENS, End.ONE, Plot::created),
  CREATE_SHOWN_LATE(
      Cloud.WITHOUT_TOKENS,
      End.ONE,
      world -> {
        created(world);
        world.cloud.showAfter(Duration.ofSeconds(25));
      }),
  CREATE_REPLY_LOST(
      Cloud.WITHOUT_TOKENS,
      End.ONE,
      world -> {
        created(world);
        world.cloud.loseReplyOnce("create");
      }),
  /** It comes while the provider still waits to see. */
  CREATE_A_LITTLE_LATE(Cloud.WITHOUT_TOKENS, End.ONE, world -> late(world, 40)),
  /** It comes after the provider has asked again, so there are two for a while. */
  CREATE_VERY_LATE(Cloud.WITHOUT_TOKENS, End.ONE, world -> late(world, 100)),
  CREATE_VERY_LATE_WITH_TOKENS(Cloud.WITH_TOKENS, End.ONE, world -> late(world, 100)),
  CREATE_AFTER_A_PORT_CAME_TOO_LATE(Cloud.WITHOUT_TOKENS, End.ONE, world -> latePort(world, 200)),
  TIDY_UP_AFTER_A_PORT_THAT_CAME_TOO_LATE(
      Cloud.WITHOUT_TOKENS,
      End.ONE,
      world -> {
        latePort(world, 200);
        world.process().work(Duration.ofSeconds(290));
      }),
  REMEMBER_THE_ACCOUNT(
      Cloud.WITHOUT_TOKENS,
      End.ONE,
      world -> {
        running(world);
        world.api.annotate(KEY, Annotations.ACCOUNT, "");
      }),
  CREATE_AFTER_CAPACITY_IS_REFUSED(
      Cloud.WITHOUT_TOKENS,
      End.ONE,
      world -> {
        created(world);
        world.cloud.refuse("big", new Failure.InsufficientCapacity(CloudWords.ours("no host")));
      }),
  CREATE_AFTER_THE_CLOUD_GIVES_UP(
      Cloud.WITHOUT_TOKENS,
      End.ONE,
      world -> {
        created(world);
        world.cloud.breakDown("big", new Failure.InsufficientCapacity(CloudWords.ours("no host")));
      }),
  CREATE_ONCE_AFTER_THE_CLOUD_GIVES_UP(
      Cloud.WITHOUT_TOKENS,
      End.ONE,
      world -> {
        world.api.apply(KEY, UID, World.spec(wanted(), RecreatePolicy.Never, List.of("*")));
        world.cloud.breakDown("big", new Failure.InsufficientCapacity(CloudWords.ours("no host")));
      }),
  MEND(
      Cloud.WITHOUT_TOKENS,
      End.ONE,
      world -> {
        running(world);
        world.cloud.retagOutside(world.cloud.live().getFirst(), Map.of());
      }),
  MAKE_ANOTHER(
      Cloud.WITHOUT_TOKENS,
      End.ONE,
      world -> {
        running(world);
        world.cloud.deleteOutside(world.cloud.live().getFirst());
      }),
  LEAVE_LOST(
      Cloud.WITHOUT_TOKENS,
      End.NONE_BUT_OBJECT,
      world -> {
        world.api.apply(KEY, UID, World.spec(wanted(), RecreatePolicy.Never, List.of("*")));
        world.process().work(Duration.ofMinutes(3));
        world.cloud.deleteOutside(world.cloud.live().getFirst());
      }),
  DELETE(
      Cloud.WITHOUT_TOKENS,
      End.NOTHING,
      world -> {
        running(world);
        world.api.delete(KEY);
      }),
  DELETE_WHILE_THE_MACHINE_IS_HIDDEN(
      Cloud.WITHOUT_TOKENS,
      End.NOTHING,
      world -> {
        running(world);
        world.cloud.hideFor(Duration.ofSeconds(100));
        world.api.delete(KEY);
      }),
  DELETE_JUST_AFTER_CREATION(
      Cloud.WITHOUT_TOKENS,
      End.NOTHING,
      world -> {
        created(world);
        onePass(world);
        world.api.delete(KEY);
      }),
  DELETE_BEFORE_THE_MACHINE_IS_SHOWN(
      Cloud.WITHOUT_TOKENS,
      End.NOTHING,
      world -> {
        created(world);
        world.cloud.showAfter(Duration.ofSeconds(25));
        onePass(world);
        world.api.delete(KEY);
      }),
  DELETE_JUST_AFTER_A_REPLY_WAS_LOST(
      Cloud.WITHOUT_TOKENS,
      End.NOTHING,
      world -> {
        created(world);
        world.cloud.loseReplyOnce("create");
        onePass(world);
        world.api.delete(KEY);
      }),
  DELETE_BEFORE_THE_MACHINE_COMES(
      Cloud.WITHOUT_TOKENS,
      End.NOTHING,
      world -> {
        late(world, 200);
        onePass(world);
        world.api.delete(KEY);
      }),
  DELETE_BEFORE_THE_PORT_COMES(
      Cloud.WITHOUT_TOKENS,
      End.NOTHING,
      world -> {
        latePort(world, 200);
        onePass(world);
        world.api.delete(KEY);
      }),
  DELETE_BEFORE_THE_FIRST_OF_TWO_COMES(
      Cloud.WITHOUT_TOKENS,
      End.NOTHING,
      world -> {
        late(world, 200);
        world.process().work(Duration.ofSeconds(110));
        world.api.delete(KEY);
      }),
  /** A second one is asked for while the first cannot be seen, and comes after it is seen again. */
  MAKE_ANOTHER_WHILE_THE_FIRST_IS_HIDDEN(Cloud.WITHOUT_TOKENS, End.ONE, Plot::hidden),
  DELETE_BEFORE_THE_SECOND_COMES(
      Cloud.WITHOUT_TOKENS,
      End.NOTHING,
      world -> {
        hidden(world);
        world.process().work(Duration.ofSeconds(70));
        world.api.delete(KEY);
      }),
  ORPHAN(
      Cloud.WITHOUT_TOKENS,
      End.MACHINE_BUT_NO_OBJECT,
      world -> {
        world.api.apply(
            KEY,
            UID,
            World.spec(wanted(), RecreatePolicy.Always, List.of("Observe", "Create", "Update")));
        world.process().work(Duration.ofMinutes(3));
        world.api.delete(KEY);
      });

  /** Kinds of clouds. */
  enum Cloud {
    WITH_TOKENS,
    WITHOUT_TOKENS
  }

  /** What there must be in the end. */
  enum End {
    ONE(1, true, 1),
    NONE_BUT_OBJECT(0, true, 1),
    NOTHING(0, false, 0),
    MACHINE_BUT_NO_OBJECT(1, false, 1);

    final int machines;
    final boolean object;
    final int leftovers;

    End(int machines, boolean object, int leftovers) {
      this.machines = machines;
      this.object = object;
      this.leftovers = leftovers;
    }
  }

  final End end;
  private final Cloud cloud;
  private final Consumer<World> beginning;

  Plot(Cloud cloud, End end, Consumer<World> beginning) {
    this.cloud = cloud;
    this.end = end;
    this.beginning = beginning;
  }

  World begin() {
    World world = new World(cloud == Cloud.WITH_TOKENS);
    beginning.accept(world);
    return world;
  }

  private static InstanceParameters wanted() {
    return Wishes.machine(
        List.of("big", "small"), "ubuntu", List.of(), Map.of("team", "eo"), PowerState.Running);
  }

  private static void created(World world) {
    world.api.apply(KEY, UID, World.spec(wanted()));
  }

  private static void running(World world) {
    created(world);
    world.process().work(Duration.ofMinutes(3));
  }

  private static void hidden(World world) {
    running(world);
    world.cloud.hideFor(Duration.ofSeconds(50));
    world.cloud.delayCreateOnce(Duration.ofSeconds(200));
  }

  private static void late(World world, long seconds) {
    created(world);
    world.cloud.delayCreateOnce(Duration.ofSeconds(seconds));
  }

  private static void latePort(World world, long seconds) {
    created(world);
    world.cloud.delayPortOnce(Duration.ofSeconds(seconds));
  }

  private static void onePass(World world) {
    World.Process process = world.process();
    process.store.sync();
    world.clock.advance(process.pass());
  }
}
