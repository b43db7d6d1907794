package dev.isobar.function.compose.plan;

import dev.isobar.apis.platform.Network.Cni;
import java.util.Map;
import java.util.Optional;

/**
 * A Helm release, as Helm tells them apart.
 *
 * @param namespace where it is installed
 * @param name its name there
 */
record AddonRelease(String namespace, String name) {
  private static final Map<AddonRelease, AddonName> OWN =
      Map.of(
          new AddonRelease("kube-system", "cilium"), AddonName.CNI,
          new AddonRelease("tigera-operator", "calico"), AddonName.CNI,
          new AddonRelease("kube-system", "cloud-controller"), AddonName.CLOUD_CONTROLLER,
          new AddonRelease("kube-system", "volumes"), AddonName.VOLUMES,
          new AddonRelease("kube-system", "metrics-server"), AddonName.METRICS_SERVER,
          new AddonRelease("gpu-operator", "gpu-operator"), AddonName.GPU_OPERATOR,
          new AddonRelease("cert-manager", "cert-manager"), AddonName.CERT_MANAGER,
          new AddonRelease("traefik", "traefik"), AddonName.INGRESS,
          new AddonRelease("monitoring", "monitoring"), AddonName.MONITORING);

  /** The add-on of Isobar whose release this is, when the pod network is this one. */
  static Optional<AddonName> owner(AddonRelease release, Cni cni) {
    boolean otherNetwork =
        (cni != Cni.Cilium && release.name().equals("cilium"))
            || (cni != Cni.Calico && release.name().equals("calico"));
    return otherNetwork ? Optional.empty() : Optional.ofNullable(OWN.get(release));
  }
}
