package dev.isobar.function.compose.plan;

import dev.isobar.apis.platform.Network.Cni;
import java.util.Optional;

/**
 * A Helm release, as Helm tells them apart.
 *
 * @param namespace where it is installed
 * @param name its name there
 */
record AddonRelease(String namespace, String name) {
  /** The add-on of Isobar whose release this is, when the pod network is this one. */
  static Optional<AddonName> owner(AddonRelease release, Cni cni) {
    boolean otherNetwork =
        (cni != Cni.Cilium && release.name().equals("cilium"))
            || (cni != Cni.Calico && release.name().equals("calico"));
    return otherNetwork
        ? Optional.empty()
        : ChartTable.rows().stream()
            .filter(row -> release.equals(new AddonRelease(row.namespace(), row.release())))
            .map(ChartTable.Row::addon)
            .findFirst();
  }
}
