package dev.isobar.e2e.chaos;

import dev.isobar.e2e.chaos.ChaosPlan.Wanted;
import dev.isobar.testbed.fault.Fault;
import java.io.Closeable;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A cloud that is reached through a proxy, and whose operator counts what there is. */
interface ChaosCloud extends Closeable {
  /** OpenStack or EC2. */
  String provider();

  String region();

  /** What the Secret of its ProviderConfig holds. */
  String credentials();

  /** Of the credentials. */
  String entry();

  /** Address by service, all of them the proxy's. */
  Map<String, String> overrides();

  /** The machine of an Instance, as its spec says it. */
  Map<String, Object> machine(Wanted wanted);

  /** Lets something happen at one of the next calls of a kind. */
  void at(CloudCall call, int nth, Fault fault);

  /** Nothing happens any more. */
  void heal();

  /** How many requests for machines were carried out. */
  long creations();

  /**
   * The Instances of all machines that ever ran, one for each machine, also of those that are gone.
   *
   * @param names what an Instance is called, by its UID
   */
  List<String> everRan(UnaryOperator<String> names);

  /**
   * Everything of ours that is there, a line each, as the operator sees it.
   *
   * @param names what an Instance is called, by its UID
   */
  List<String> found(UnaryOperator<String> names);

  /**
   * What shall be there for an Instance, in the same words.
   *
   * @param id of its machine
   */
  List<String> expected(Wanted wanted, String id);

  /** How its words describe a machine. */
  static String machine(String name, String id, String tag, boolean on, boolean locked) {
    return "%s: machine %s, round %s%s%s"
        .formatted(name, id, tag, on ? "" : ", off", locked ? ", protected" : "");
  }

  @Override
  void close();
}
