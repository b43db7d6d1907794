package dev.isobar.provider.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.InstanceObservation.State;
import dev.isobar.provider.external.Belonging;
import dev.isobar.provider.external.Mark;
import dev.isobar.provider.external.ObservedMachine;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class OrphansTest {
  private static final Optional<String> OURS = Optional.of("ours");
  private static final Optional<String> THEIRS = Optional.of("theirs");
  private static final Optional<String> NOBODY = Optional.empty();

  private static ObservedMachine machine(String id, State state, Optional<Mark> mark) {
    return new ObservedMachine(
        Scene.facts(id, state), mark, Scene.NOW, true, Optional.empty(), Map.of());
  }

  private static Optional<Mark> mark(String uid, Optional<String> installation) {
    return Optional.of(new Mark(uid, installation, "lab/" + uid));
  }

  static Stream<Arguments> machines() {
    return Stream.of(
        Arguments.of("its Instance exists", State.Running, mark("known", OURS), OURS, false),
        Arguments.of("nobody's", State.Running, mark("gone", OURS), OURS, true),
        Arguments.of("off, and still paid for", State.Stopped, mark("gone", OURS), OURS, true),
        Arguments.of("broken, and still there", State.Error, mark("gone", OURS), OURS, true),
        Arguments.of("on its way out", State.Terminating, mark("gone", OURS), OURS, false),
        Arguments.of("of another cluster", State.Running, mark("gone", THEIRS), OURS, false),
        Arguments.of("says not whose", State.Running, mark("gone", NOBODY), OURS, true),
        Arguments.of("we know not who we are", State.Running, mark("gone", THEIRS), NOBODY, true),
        Arguments.of("not made by us", State.Running, Optional.<Mark>empty(), OURS, false));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("machines")
  void anOrphanIsOursAndHasNoInstance(
      String why, State state, Optional<Mark> mark, Optional<String> installation, boolean orphan) {
    ObservedMachine machine = machine("m-1", state, mark);
    List<ObservedMachine> found =
        Orphans.among(List.of(machine), installation, one -> one.uid().equals("known"), _ -> false);
    assertThat(found).as(why).isEqualTo(orphan ? List.of(machine) : List.of());
  }

  @Test
  void oneThatAnInstanceNamesIsNone() {
    ObservedMachine imported = machine("m-1", State.Running, mark("gone", OURS));
    assertThat(Orphans.among(List.of(imported), OURS, _ -> false, "m-1"::equals)).isEmpty();
  }

  @Test
  void wordsNameSomeAndCountAll() {
    List<ObservedMachine> all =
        IntStream.range(10, 22)
            .mapToObj(number -> machine("m-" + number, State.Running, mark("u", OURS)))
            .toList();
    assertThat(Orphans.words(all.subList(0, 1)))
        .isEqualTo(
            "1 machine is marked as made for an Instance that does not exist: m-10 of lab/u;"
                + " nothing deletes it, see isobar orphans");
    assertThat(Orphans.words(all))
        .startsWith("12 machines are marked as made for an Instance that does not exist: m-10 of")
        .endsWith("m-19 of lab/u and 2 more; nothing deletes them, see isobar orphans");
  }

  static Stream<Arguments> belongings() {
    Optional<Instant> old = Optional.of(Scene.NOW.minusSeconds(1));
    Optional<Instant> young = Optional.of(Scene.NOW.plusSeconds(1));
    Optional<Instant> untold = Optional.empty();
    return Stream.of(
        Arguments.of("its Instance exists", "known", NOBODY, old, false),
        Arguments.of("no machine has it", "gone", NOBODY, old, true),
        Arguments.of("its cloud tells no time", "gone", NOBODY, untold, true),
        Arguments.of("a machine may be coming", "gone", NOBODY, young, false),
        Arguments.of("an orphan has it", "gone", Optional.of("orphan"), young, true),
        Arguments.of("another cluster's has it", "gone", Optional.of("theirs"), old, false));
  }

  /** What one Instance has of a kind: at which machine, since when, and whether it is too much. */
  static Stream<Arguments> surplus() {
    Optional<Instant> old = Optional.of(Scene.NOW.minusSeconds(1));
    Optional<Instant> young = Optional.of(Scene.NOW.plusSeconds(1));
    Optional<Instant> untold = Optional.empty();
    Optional<String> machine = Optional.of("m-1");
    return Stream.of(
        Arguments.of("its machine has another one", "port", NOBODY, old, machine, true),
        Arguments.of("its cloud tells no time", "port", NOBODY, untold, machine, true),
        Arguments.of("a machine may be coming for it", "port", NOBODY, young, machine, false),
        Arguments.of("both are in use", "port", machine, old, machine, false),
        Arguments.of("there may be no machine at the moment", "port", NOBODY, old, NOBODY, false),
        Arguments.of("another kind", "public address", NOBODY, old, machine, false));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("surplus")
  void whatCameLateIsNamedThoughItsInstanceExists(
      String why,
      String kind,
      Optional<String> at,
      Optional<Instant> since,
      Optional<String> atOther,
      boolean named) {
    var one = new Belonging(kind, "p-2", "known", at, since);
    var other =
        new Belonging("port", "p-1", "known", atOther, Optional.of(Scene.NOW.minusSeconds(9)));
    assertThat(Orphans.among(List.of(one, other), _ -> true, "m-1"::equals, Scene.NOW))
        .as(why)
        .isEqualTo(named ? List.of(one) : List.of());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("belongings")
  void aBelongingGoesWithItsInstanceAndItsMachine(
      String why, String uid, Optional<String> machine, Optional<Instant> since, boolean orphan) {
    var one = new Belonging("port", "p-1", uid, machine, since);
    assertThat(Orphans.among(List.of(one), "known"::equals, "theirs"::equals, Scene.NOW))
        .as(why)
        .isEqualTo(orphan ? List.of(one) : List.of());
  }
}
