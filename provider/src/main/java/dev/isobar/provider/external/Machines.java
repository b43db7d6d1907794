package dev.isobar.provider.external;

import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.MachineTypeChoice.Requirements;
import java.util.List;

/**
 * The machines of one project of a cloud, reached with one set of credentials; what each cloud
 * implements. {@code MachinesContract} in the tests of this module holds implementations to what is
 * said here.
 *
 * <p><b>Marks.</b> Every machine carries the {@linkplain Subject#uid() UID} of its Instance from
 * the very moment it exists, set by the request that makes it, never by a second one. All else
 * rests on that: a machine whose making went unnoticed is found by its mark.
 *
 * <p><b>Calls.</b> Methods are called from many threads at once, each on a thread that may block.
 * An implementation never waits for a machine to become something: it answers what is, and is asked
 * again. It keeps within a minute. It repeats a request by itself only where that cannot make a
 * second machine. Nothing it answers is saved by it; whoever calls keeps what must be kept.
 *
 * <p><b>Failures</b> are answers, see {@link Failure}; an exception is a fault of the program.
 * Whatever words of the cloud an answer holds went through {@link CloudWords}, which takes secrets
 * out.
 */
public interface Machines {
  /**
   * Which account this is, in the cloud's own terms: {@code OpenStack/REGION/PROJECT}, {@code
   * EC2/REGION/ACCOUNT}. The same whoever asks and on whatever way; two that differ do not see each
   * other's machines. Changes nothing. Called with every look; costs a request now and then.
   */
  Response<String> account();

  /** What there is to make them of, by the same credentials and at the same pace. */
  Supply supply();

  /** What clusters made there by themselves, by the same credentials. */
  Leftovers leftovers();

  /**
   * Looks for the machines of an Instance: the one with its external name, whatever marks that one
   * carries, and all that carry its UID. Changes nothing. Called before every decision about an
   * Instance that is not settled, and before every creation.
   *
   * @return those that exist or may still cost money, each once; a machine that is gone for good is
   *     left out. Empty means that the cloud answered and has none: an implementation that cannot
   *     be sure (a part of the cloud is down, the answer is cut) fails instead.
   */
  Response<List<ObservedMachine>> observe(Subject subject);

  /**
   * Whether the machine that an Instance names is gone for certain when {@link #observe} did not
   * show it: the cloud shows every machine that exists, or has shown its end. Where it is not, the
   * cloud answers from copies that lag, and may leave one out for a moment. Asks nothing.
   */
  boolean isGone(Subject subject);

  /**
   * Looks at all machines that carry the mark of any Instance, in as few requests as the cloud
   * allows. Changes nothing. Called once per poll for all settled Instances, and by the audit of
   * orphans. A machine's absence from this list is never taken for its end: {@link #observe} is
   * asked first.
   */
  Response<List<ObservedMachine>> list();

  /**
   * Compares a machine with what it shall be. Changes nothing; may look up ids by name, and may
   * remember them for a while. Called with machines that run or are stopped.
   *
   * @return what differs, {@link Deviation#correctable() correctable} where {@link #update} mends
   *     it without making another machine. A power state on its way to the wanted one is no
   *     deviation.
   */
  Response<List<Deviation>> compare(
      Subject subject, InstanceParameters wanted, ObservedMachine machine);

  /**
   * The names of machine types that have what is needed, the smallest first, at most eight. Changes
   * nothing. Called before a creation, whose choice is kept in the Instance.
   */
  Response<List<String>> typesFor(Requirements need);

  /**
   * Makes one machine. Called only after the order's token was saved in the Instance, and after
   * {@link #observe} found nothing. It may be called again with the same token, by this process or
   * another, when nobody knows what came of an earlier call; where the cloud can tell (EC2's client
   * token), no second machine comes of that. Whatever else it makes for the machine (ports, public
   * addresses, volumes) bears the same UID or a name made of it, and is reused by a later call or
   * removed by {@link #release}.
   *
   * @return {@link Creation.Created} when the cloud said so, also when the machine is still being
   *     made; {@link Creation.Refused} only when it is certain that no machine comes of this call,
   *     now or later, and nothing else; {@link Creation.Halfway} when something else has come;
   *     {@link Creation.Abandoned} when something else may; {@link Creation.Unknown} in every other
   *     case. A token that was used with other parameters before gives {@code Created} with the
   *     machine that bears it, or {@code Refused} when there is none.
   */
  Creation create(Order order);

  /**
   * Mends deviations that {@link #compare} called correctable, without waiting for the effect.
   * Called again with what is left until nothing is; doing it twice is like doing it once.
   */
  Effect update(
      Subject subject,
      InstanceParameters wanted,
      ObservedMachine machine,
      List<Deviation> deviations);

  /**
   * Begins to delete a machine, lifting a protection against deletion first, and does not wait for
   * its end. Called again until {@link #observe} finds it gone. {@link Effect.Accepted} also when
   * it is on the way or gone already.
   *
   * @param id of a machine that {@link #observe} answered for this subject
   */
  Effect delete(Subject subject, String id);

  /**
   * Removes what was made for an Instance besides its machines: ports, public addresses, volumes
   * that shall go. Called when the Instance is being deleted and no machine is left; called again
   * until nothing remains.
   *
   * @return what still remains, one phrase each (port 5f1d...), for people to read; empty when the
   *     Instance may go
   */
  Response<List<String>> release(Subject subject);

  /**
   * Removes what was made for an Instance besides its machine and nothing uses: a port without a
   * machine, a public address that leads nowhere, given by a request after another one had taken
   * its place. Called when the Instance has its one machine and nothing of it differs, and no
   * request of unknown outcome can give anything any more. Volumes stay: they may hold what
   * somebody needs. What the machine itself has lost is none too many: as long as there is such a
   * thing this fails, and {@link #compare} tells it.
   */
  Effect tidy(Subject subject);

  /**
   * Looks at everything else that bears the mark of any Instance, as far as the cloud lists it.
   * Changes nothing. Called by whoever looks for what was left behind, and rarely. A cloud that
   * makes nothing besides machines leaves this out.
   */
  default Response<List<Belonging>> belongings() {
    return Response.of(List.of());
  }
}
