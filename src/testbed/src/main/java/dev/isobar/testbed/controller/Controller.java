package dev.isobar.testbed.controller;

import dev.isobar.testbed.build.Paper;
import dev.isobar.testbed.build.Program;
import java.util.List;

/** A program of Cluster API or beside it, with what it needs to run. */
public enum Controller {
  CORE(Program.CLUSTER_API_CORE, Paper.CLUSTER_API_CORE, "capi-system", "capi-manager"),
  KUBEADM_BOOTSTRAP(
      Program.KUBEADM_BOOTSTRAP,
      Paper.KUBEADM_BOOTSTRAP,
      "capi-kubeadm-bootstrap-system",
      "capi-kubeadm-bootstrap-manager"),
  KUBEADM_CONTROL_PLANE(
      Program.KUBEADM_CONTROL_PLANE,
      Paper.KUBEADM_CONTROL_PLANE,
      "capi-kubeadm-control-plane-system",
      "capi-kubeadm-control-plane-manager"),
  /** Clusters in memory; needs no cloud. */
  DEV(Program.CLUSTER_API_DEV, Paper.CLUSTER_API_DEV, "capd-system", "capd-manager"),
  OPENSTACK(
      Program.CLUSTER_API_OPENSTACK, Paper.CLUSTER_API_OPENSTACK, "capo-system", "capo-manager"),
  SVELTOS(Program.SVELTOS_ADDON_CONTROLLER, Paper.SVELTOS, "projectsveltos", "addon-controller");

  /** Where {@link #DEV} listens, of all addresses; no flag of it says otherwise. */
  public static final int FIXED_PORT = 19000;

  /** The ways in which they write the same. */
  private static final List<String> WITHOUT_MIGRATION =
      List.of(
          "--skip-crd-migration-phases=StorageVersionMigration",
          "--skip-crd-migration-phases=CleanupManagedFields");

  private final Program program;
  private final Paper paper;
  private final String namespace;
  private final String account;

  Controller(Program program, Paper paper, String namespace, String account) {
    this.program = program;
    this.paper = paper;
    this.namespace = namespace;
    this.account = account;
  }

  Program program() {
    return program;
  }

  Paper paper() {
    return paper;
  }

  String namespace() {
    return namespace;
  }

  String account() {
    return account;
  }

  boolean servesWebhooks() {
    return this != SVELTOS;
  }

  List<String> flags() {
    return this == SVELTOS
        ? List.of(
            "--disable-telemetry",
            "--agent-in-mgmt-cluster=false",
            "--capi-onboard-annotation=",
            // Looks again after seconds; both are a minute where nobody waits for it.
            "--conflict-retry-time=5s",
            "--health-error-retry-time=5s",
            "--v=0")
        : WITHOUT_MIGRATION;
  }
}
