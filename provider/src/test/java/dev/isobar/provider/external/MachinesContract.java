package dev.isobar.provider.external;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.apis.compute.InstanceObservation.State;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.InstanceParameters.PowerState;
import dev.isobar.apis.compute.MachineTypeChoice.Requirements;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * What {@link Machines} promises, as tests. Every implementation runs them, against its stand-in
 * and against the real thing; an implementation says how time passes there and what can be wished
 * for.
 */
public abstract class MachinesContract {
  /** The cloud under test. */
  protected abstract Machines machines();

  /** A machine type and an image that exist, small enough to be made many times. */
  protected abstract InstanceParameters wanted();

  /** The machine type and zone to make it of. */
  protected abstract Offer offer();

  /** Whether the same token never makes two machines. */
  protected abstract boolean honoursTokens();

  /**
   * Lets time pass until what there is to see is as it is waited for.
   *
   * @throws AssertionError with what was waited for and what was seen last, when it never is
   */
  protected abstract <T> void await(String what, Supplier<T> look, Predicate<T> holds);

  /** An Instance nobody had before. */
  protected abstract String newUid();

  private Subject subject(String uid, Optional<String> externalName) {
    return new Subject(uid, "lab", "contract-" + uid, externalName, Map.of(Subject.UID_TAG, uid));
  }

  private Subject subject(String uid) {
    return subject(uid, Optional.empty());
  }

  private Order order(String uid, long creation) {
    return new Order(
        subject(uid),
        CreationToken.of(uid, creation),
        offer(),
        wanted(),
        Optional.empty(),
        Optional.empty());
  }

  private String made(String uid) {
    Creation creation = machines().create(order(uid, 1));
    assertThat(creation).isInstanceOf(Creation.Created.class);
    return ((Creation.Created) creation).id();
  }

  private List<ObservedMachine> seen(Subject subject) {
    return answered(machines().observe(subject));
  }

  private static <T> T answered(Response<T> reply) {
    assertThat(reply).isInstanceOf(Response.Answered.class);
    return ((Response.Answered<T>) reply).value();
  }

  private ObservedMachine running(String uid, String id) {
    await("machine " + id + " runs", () -> state(uid, id), State.Running::equals);
    return seen(subject(uid)).getFirst();
  }

  private State state(String uid, String id) {
    return seen(subject(uid, Optional.of(id))).stream()
        .filter(machine -> machine.id().equals(id))
        .map(ObservedMachine::state)
        .findFirst()
        .orElse(State.Error);
  }

  private void remove(String uid) {
    for (ObservedMachine machine : seen(subject(uid))) {
      assertThat(machines().delete(subject(uid), machine.id())).isEqualTo(new Effect.Accepted());
    }
    await("no machine of " + uid + " is left", () -> seen(subject(uid)), List::isEmpty);
    await(
        "nothing of " + uid + " remains",
        () -> answered(machines().release(subject(uid))),
        List::isEmpty);
  }

  @Test
  void anAccountHasOneName() {
    String account = answered(machines().account());
    assertThat(account).matches("[A-Za-z0-9]+(/[^/]+){2}");
    assertThat(answered(machines().account())).isEqualTo(account);
  }

  @Test
  void nothingIsThereBeforeAnythingIsMade() {
    assertThat(seen(subject(newUid()))).isEmpty();
  }

  @Test
  void whatWasMadeIsFoundByItsMarkAlone() {
    String uid = newUid();
    String id = made(uid);
    await("machine " + id + " is shown", () -> seen(subject(uid)), all -> !all.isEmpty());
    assertThat(seen(subject(uid)))
        .singleElement()
        .satisfies(machine -> {
          assertThat(machine.id()).isEqualTo(id);
          assertThat(machine.carries(uid)).isTrue();
        });
    remove(uid);
  }

  @Test
  void whatWasMadeIsFoundByItsNameToo() {
    String uid = newUid();
    String id = made(uid);
    Subject stranger = subject(newUid(), Optional.of(id));
    await("machine " + id + " is shown", () -> seen(stranger), all -> !all.isEmpty());
    assertThat(seen(stranger)).extracting(ObservedMachine::id).containsExactly(id);
    remove(uid);
  }

  @Test
  void aMachineOfAnotherInstanceIsNotSeen() {
    String uid = newUid();
    String id = made(uid);
    await("machine " + id + " is shown", () -> seen(subject(uid)), all -> !all.isEmpty());
    assertThat(seen(subject(newUid()))).isEmpty();
    remove(uid);
  }

  @Test
  void theListHoldsWhatIsObserved() {
    String uid = newUid();
    String id = made(uid);
    ObservedMachine one = running(uid, id);
    assertThat(answered(machines().list()))
        .filteredOn(machine -> machine.carries(uid))
        .containsExactly(one);
    remove(uid);
  }

  @Test
  void aMachineThatRunsIsAsItWasWanted() {
    String uid = newUid();
    ObservedMachine machine = running(uid, made(uid));
    assertThat(machine.everRan()).isTrue();
    assertThat(machine.fault()).isEmpty();
    assertThat(machine.facts().addresses()).isNotEmpty();
    assertThat(machine.facts().providerID()).isPresent();
    assertThat(machine.facts().machineType().orElseThrow().name()).isEqualTo(offer().machineType());
    assertThat(answered(machines().compare(subject(uid), wanted(), machine))).isEmpty();
    remove(uid);
  }

  @Test
  void tagsAreMendedAndThenNoLongerDiffer() {
    String uid = newUid();
    ObservedMachine machine = running(uid, made(uid));
    InstanceParameters changed = with(Map.of("team", "eo"), PowerState.Running);
    List<Deviation> deviations = answered(machines().compare(subject(uid), changed, machine));
    assertThat(deviations).extracting(Deviation::field).containsExactly("spec.forProvider.tags");
    assertThat(deviations).allMatch(Deviation::correctable);
    assertThat(machines().update(subject(uid), changed, machine, deviations))
        .isEqualTo(new Effect.Accepted());
    await(
        "the tags are as wanted",
        () -> answered(machines().compare(subject(uid), changed, seen(subject(uid)).getFirst())),
        List::isEmpty);
    remove(uid);
  }

  @Test
  void aMachineIsStoppedAndStartedAgain() {
    String uid = newUid();
    String id = made(uid);
    for (PowerState power : List.of(PowerState.Stopped, PowerState.Running)) {
      ObservedMachine machine = running(uid, id, power);
      InstanceParameters changed = with(Map.of(), power);
      List<Deviation> deviations = answered(machines().compare(subject(uid), changed, machine));
      assertThat(deviations)
          .extracting(Deviation::field)
          .containsExactly("spec.forProvider.powerState");
      assertThat(machines().update(subject(uid), changed, machine, deviations))
          .isEqualTo(new Effect.Accepted());
      State wanted = power == PowerState.Running ? State.Running : State.Stopped;
      await("machine " + id + " is " + wanted, () -> state(uid, id), wanted::equals);
    }
    remove(uid);
  }

  private ObservedMachine running(String uid, String id, PowerState next) {
    State before = next == PowerState.Stopped ? State.Running : State.Stopped;
    await("machine " + id + " is " + before, () -> state(uid, id), before::equals);
    return seen(subject(uid)).getFirst();
  }

  private InstanceParameters with(Map<String, String> tags, PowerState power) {
    InstanceParameters plain = wanted();
    return new InstanceParameters(
        plain.machineType(),
        plain.image(),
        plain.rootDisk(),
        plain.disks(),
        plain.networkInterfaces(),
        plain.fabric(),
        plain.zones(),
        plain.placement(),
        plain.capacity(),
        plain.sshKey(),
        plain.userData(),
        plain.metadataService(),
        tags,
        plain.deletionProtection(),
        power,
        plain.providerSpecific());
  }

  @Test
  void whoeverAsksTwiceWithOneTokenGetsOneMachineWhereTheCloudCanTell() {
    String uid = newUid();
    String first = made(uid);
    Creation again = machines().create(order(uid, 1));
    assertThat(again).isInstanceOf(Creation.Created.class);
    await("the machines are shown", () -> seen(subject(uid)), all -> !all.isEmpty());
    assertThat(((Creation.Created) again).id().equals(first)).isEqualTo(honoursTokens());
    remove(uid);
  }

  @Test
  void duplicatesAreAllSeen() {
    String uid = newUid();
    String first = made(uid);
    Creation second = machines().create(order(uid, 2));
    assertThat(second).isInstanceOf(Creation.Created.class);
    await("both machines are shown", () -> seen(subject(uid)), all -> all.size() == 2);
    assertThat(seen(subject(uid, Optional.of(first))))
        .extracting(ObservedMachine::id)
        .containsExactlyInAnyOrder(first, ((Creation.Created) second).id());
    remove(uid);
  }

  @Test
  void deletingTwiceIsLikeDeletingOnce() {
    String uid = newUid();
    String id = made(uid);
    await("machine " + id + " is shown", () -> seen(subject(uid)), all -> !all.isEmpty());
    assertThat(machines().delete(subject(uid), id)).isEqualTo(new Effect.Accepted());
    assertThat(machines().delete(subject(uid), id)).isEqualTo(new Effect.Accepted());
    remove(uid);
    assertThat(machines().delete(subject(uid), id)).isEqualTo(new Effect.Accepted());
  }

  @Test
  void anOfferThatDoesNotExistIsRefused() {
    String uid = newUid();
    Order impossible =
        new Order(
            subject(uid),
            CreationToken.of(uid, 1),
            new Offer(noSuchType(), Optional.empty()),
            wanted(),
            Optional.empty(),
            Optional.empty());
    assertThat(machines().create(impossible))
        .isInstanceOfSatisfying(
            Creation.Refused.class,
            refused ->
                assertThat(refused.failure()).isInstanceOf(Failure.InvalidConfiguration.class));
    assertThat(seen(subject(uid))).isEmpty();
    remove(uid);
  }

  /** The name of a machine type that does not exist. */
  protected String noSuchType() {
    return "no-such-type";
  }

  /** A busy cloud may need longer for its list than a question may take, so it is asked again. */
  @Test
  void typesByNeedAreFewAndNamed() {
    Requirements need =
        new Requirements(Optional.of(1), Optional.empty(), Optional.empty(), Optional.empty());
    await(
        "types with a GPU are listed",
        () -> machines().typesFor(need),
        reply -> reply instanceof Response.Answered<List<String>>);
    List<String> types = answered(machines().typesFor(need));
    assertThat(types).isNotEmpty().hasSizeLessThanOrEqualTo(8).doesNotHaveDuplicates();
  }

  @Test
  void tidyingTakesNothingFromAMachine() {
    String uid = newUid();
    ObservedMachine machine = running(uid, made(uid));
    assertThat(machines().tidy(subject(uid))).isEqualTo(new Effect.Accepted());
    assertThat(seen(subject(uid))).containsExactly(machine);
    remove(uid);
  }

  @Test
  void nothingRemainsOfWhatNeverWas() {
    assertThat(answered(machines().release(subject(newUid())))).isEmpty();
  }

  /** How long a real cloud may take for one of these; for implementations of {@link #await}. */
  protected static final Duration PATIENCE = Duration.ofMinutes(3);
}
