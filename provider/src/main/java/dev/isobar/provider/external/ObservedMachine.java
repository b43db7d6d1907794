package dev.isobar.provider.external;

import dev.isobar.apis.compute.InstanceObservation;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A machine as its cloud shows it.
 *
 * @param facts what the Instance's status shows of it, without deviations
 * @param mark whose it is; empty when it carries no mark of ours
 * @param createdAt when the cloud began to make it
 * @param everRan whether it ever got as far as running; a machine in state Error that never ran is
 *     a creation that failed
 * @param fault why it is in state Error, or why its cloud ends it, or is about to, though nobody
 *     wished that
 * @param connection what the connection Secret holds: {@code endpoint} and such; nothing secret
 *     that is not meant for the Instance's users
 * @param madeBy the token of the creation it came of; empty where its cloud does not tell, as of
 *     machines whose metadata somebody took away
 */
public record ObservedMachine(
    InstanceObservation facts,
    Optional<Mark> mark,
    Instant createdAt,
    boolean everRan,
    Optional<Failure> fault,
    Map<String, String> connection,
    Optional<CreationToken> madeBy) {
  /** One of which its cloud does not tell what made it. */
  public ObservedMachine(
      InstanceObservation facts,
      Optional<Mark> mark,
      Instant createdAt,
      boolean everRan,
      Optional<Failure> fault,
      Map<String, String> connection) {
    this(facts, mark, createdAt, everRan, fault, connection, Optional.empty());
  }

  /** Its id in the cloud. */
  public String id() {
    return facts.id();
  }

  /** UID of the Instance it was made for; empty when it carries no mark of ours. */
  public Optional<String> uid() {
    return mark.map(Mark::uid);
  }

  /** What it is doing. */
  public InstanceObservation.State state() {
    return facts.state();
  }

  /** Whether it is on the way to its end. */
  public boolean terminating() {
    return state() == InstanceObservation.State.Terminating;
  }

  /** Whether it carries the mark of this Instance. */
  public boolean carries(String instance) {
    return uid().filter(instance::equals).isPresent();
  }
}
