package dev.isobar.testbed.plane;

import dev.isobar.cli.input.Flavour;
import dev.isobar.testbed.controller.Controller;
import dev.isobar.testbed.crossplane.Core;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a control plane is started.
 *
 * @param flavour how PlatformClusters become composites
 * @param coreFlags flags of core besides those it cannot run here without
 * @param controllerFlags the same for controllers
 * @param stock what is installed besides core
 */
public record Options(
    Flavour flavour,
    List<String> coreFlags,
    Map<Controller, List<String>> controllerFlags,
    Stock stock) {
  /** What a control plane has besides core and the roles of this project. */
  public enum Stock {
    /** What clusters are made of elsewhere, and nothing of this project: that comes by packages. */
    OTHERS,
    /** The kinds of this project, for a provider. */
    MACHINES,
    /** Clusters can be made, but not of Amazon's provider, whose kinds are the largest. */
    CLUSTERS_ELSEWHERE,
    /** The kinds of all controllers, and function-isobar with its APIs. */
    CLUSTERS
  }

  /** Copies. */
  public Options {
    coreFlags = List.copyOf(coreFlags);
    controllerFlags = Map.copyOf(controllerFlags);
  }

  /** With the flags of core that we recommend, see function.md. */
  public static Options of(Flavour flavour) {
    return new Options(flavour, Core.RECOMMENDED, Map.of(), Stock.CLUSTERS);
  }

  /** For a provider alone, without clusters; its start takes half the time, and its rest less. */
  public static Options ofMachines() {
    return new Options(Flavour.CLAIMS, Core.RECOMMENDED, Map.of(), Stock.MACHINES);
  }

  /** Without the kinds of Amazon's provider, which are the largest; for who makes none of them. */
  public Options withoutAmazon() {
    return new Options(flavour, coreFlags, controllerFlags, Stock.CLUSTERS_ELSEWHERE);
  }

  /** For packages, which bring everything of this project but roles. */
  public static Options ofPackages() {
    return new Options(Flavour.CLAIMS, Core.RECOMMENDED, Map.of(), Stock.OTHERS);
  }

  /** With flags for core instead of those that we recommend. */
  public Options withCoreFlags(String... flags) {
    return new Options(flavour, List.of(flags), controllerFlags, stock);
  }

  /** With flags for a controller. */
  public Options withFlags(Controller controller, String... flags) {
    var more = new TreeMap<>(controllerFlags);
    more.put(controller, List.of(flags));
    return new Options(flavour, coreFlags, more, stock);
  }

  boolean clusters() {
    return stock.compareTo(Stock.CLUSTERS_ELSEWHERE) >= 0;
  }

  /** Whether the kinds of this project are there from the beginning. */
  boolean ours() {
    return stock != Stock.OTHERS;
  }

  /**
   * What core makes active of providers that start safely: everything, as its chart has it, but
   * nothing where packages have to say so themselves.
   */
  List<String> activations() {
    return ours() ? List.of("*") : List.of();
  }

  /** Whether the kinds of controllers are there. */
  boolean theirs() {
    return stock != Stock.MACHINES;
  }

  boolean amazon() {
    return stock == Stock.CLUSTERS;
  }

  List<String> flags(Controller controller) {
    return controllerFlags.getOrDefault(controller, List.of());
  }
}
