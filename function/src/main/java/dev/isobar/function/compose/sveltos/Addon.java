package dev.isobar.function.compose.sveltos;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something to install into a cluster: a chart, objects, or both.
 *
 * @param name its name within the cluster
 * @param chart the chart with its values
 * @param values the chart's values, taken literally
 * @param upgradesCrds whether the chart keeps its CustomResourceDefinitions where Helm never
 *     upgrades them
 * @param objects texts of Kubernetes objects by file name, in a ConfigMap that Sveltos applies
 * @param secret the Secret whose contents the objects' templates may read; without it objects are
 *     taken literally
 * @param dependsOn names of add-ons that must be deployed first
 * @param gates what must hold before it counts as deployed
 * @param stays whether it is left alone when the cluster goes, because nothing could work without
 *     it
 * @param kept paths of values that no claim may change, because it would not work otherwise; of one
 *     that begins with {@value #SWITCH}, that none of a new cluster may set to false
 */
public record Addon(
    String name,
    Optional<Chart> chart,
    SortedMap<String, Object> values,
    boolean upgradesCrds,
    SortedMap<String, Object> objects,
    Optional<SecretSource> secret,
    List<String> dependsOn,
    List<HealthGate> gates,
    boolean stays,
    List<String> kept) {
  /** Before the path of what is on. */
  public static final String SWITCH = "+";

  /**
   * A Secret of the management cluster that templates read; it never passes through the function.
   *
   * @param identifier under which templates call it
   */
  public record SecretSource(String identifier, String namespace, String name) {}

  /** An add-on that is one chart. */
  public static Addon chart(String name, Chart chart, Map<String, Object> values) {
    return new Addon(
        name,
        Optional.of(chart),
        new TreeMap<>(values),
        false,
        Collections.emptySortedMap(),
        Optional.empty(),
        List.of(),
        List.of(),
        false,
        List.of());
  }

  /** An add-on that is objects, taken literally. */
  public static Addon objects(String name, SortedMap<String, Object> objects) {
    return new Addon(
        name,
        Optional.empty(),
        Collections.emptySortedMap(),
        false,
        objects,
        Optional.empty(),
        List.of(),
        List.of(),
        false,
        List.of());
  }

  /** The same, after others. */
  public Addon after(List<String> others) {
    return new Addon(
        name, chart, values, upgradesCrds, objects, secret, others, gates, stays, kept);
  }

  /** The same, deployed only when all this holds. */
  public Addon gated(HealthGate... holding) {
    return new Addon(
        name,
        chart,
        values,
        upgradesCrds,
        objects,
        secret,
        dependsOn,
        List.of(holding),
        stays,
        kept);
  }

  /** The same, left alone when the cluster goes. */
  public Addon staying() {
    return new Addon(
        name, chart, values, upgradesCrds, objects, secret, dependsOn, gates, true, kept);
  }

  /** The same, with its CustomResourceDefinitions upgraded. */
  public Addon upgradingCrds() {
    return new Addon(name, chart, values, true, objects, secret, dependsOn, gates, stays, kept);
  }

  /** The same, with objects made from templates that read a Secret. */
  public Addon with(SortedMap<String, Object> templates, SecretSource source) {
    return new Addon(
        name,
        chart,
        values,
        upgradesCrds,
        templates,
        Optional.of(source),
        dependsOn,
        gates,
        stays,
        kept);
  }

  /**
   * The same, with objects besides those it has; where a Secret is read they are templates too.
   *
   * @param more texts of Kubernetes objects by file name
   */
  public Addon with(SortedMap<String, Object> more) {
    var all = new TreeMap<>(objects);
    all.putAll(more);
    return new Addon(name, chart, values, upgradesCrds, all, secret, dependsOn, gates, stays, kept);
  }

  /** The same, with the copy of a Secret besides the objects it has. */
  public Addon with(SecretCopy copy) {
    return with(objects, copy.source()).with(copy.objects());
  }

  /** The same, with other values. */
  public Addon valued(SortedMap<String, Object> others) {
    return new Addon(
        name, chart, others, upgradesCrds, objects, secret, dependsOn, gates, stays, kept);
  }

  /** The same, with values that no claim may change. */
  public Addon keeping(String... paths) {
    return new Addon(
        name,
        chart,
        values,
        upgradesCrds,
        objects,
        secret,
        dependsOn,
        gates,
        stays,
        List.of(paths));
  }
}
