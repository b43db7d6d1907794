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
 * @param clusters whether clusters can be made: the kinds of all controllers are there, and
 *     function-isobar with its APIs
 * @param amazon whether the kinds of Amazon's provider are there too
 */
public record Options(
    Flavour flavour,
    List<String> coreFlags,
    Map<Controller, List<String>> controllerFlags,
    boolean clusters,
    boolean amazon) {
  /** Copies. */
  public Options {
    coreFlags = List.copyOf(coreFlags);
    controllerFlags = Map.copyOf(controllerFlags);
  }

  /** With the flags of core that we recommend, see function.md. */
  public static Options of(Flavour flavour) {
    return new Options(flavour, Core.RECOMMENDED, Map.of(), true, true);
  }

  /** For a provider alone, without clusters; its start takes half the time, and its rest less. */
  public static Options ofMachines() {
    return new Options(Flavour.CLAIMS, Core.RECOMMENDED, Map.of(), false, false);
  }

  /** Without the kinds of Amazon's provider, which are the largest; for who makes none of them. */
  public Options withoutAmazon() {
    return new Options(flavour, coreFlags, controllerFlags, clusters, false);
  }

  /** With flags for core instead of those that we recommend. */
  public Options withCoreFlags(String... flags) {
    return new Options(flavour, List.of(flags), controllerFlags, clusters, amazon);
  }

  /** With flags for a controller. */
  public Options withFlags(Controller controller, String... flags) {
    var more = new TreeMap<>(controllerFlags);
    more.put(controller, List.of(flags));
    return new Options(flavour, coreFlags, more, clusters, amazon);
  }

  List<String> flags(Controller controller) {
    return controllerFlags.getOrDefault(controller, List.of());
  }
}
