package dev.isobar.function.compose.plan;

import java.util.Arrays;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The add-ons Isobar brings, under the names that claims, profiles and the status use for them;
 * permanent.
 */
public enum AddonName {
  /** The pod network. */
  CNI("cni"),
  /** The cloud's credentials inside the cluster, and the controller of nodes and load balancers. */
  CLOUD_CONTROLLER("cloud-controller"),
  /** Volumes of the cloud. */
  VOLUMES("volumes"),
  /** Metrics for autoscaling. */
  METRICS_SERVER("metrics-server"),
  /** Drivers, device plugin and MIG. */
  GPU_OPERATOR("gpu-operator"),
  /** Certificates. */
  CERT_MANAGER("cert-manager"),
  /** Way in for HTTP. */
  INGRESS("ingress"),
  /** Prometheus and Grafana. */
  MONITORING("monitoring"),
  /** The kinds of the Gateway API. */
  GATEWAY_API("gateway-api"),
  /** Records of name servers. */
  EXTERNAL_DNS("external-dns"),
  /** Conditions and events of nodes that are in trouble. */
  NODE_PROBLEM_DETECTOR("node-problem-detector"),
  /** What mounts the shares of shared volumes. */
  SHARE_DRIVER("share-driver"),
  /** Volumes that many nodes write. */
  SHARED_VOLUMES("shared-volumes"),
  /** Queues for batch work. */
  KUEUE("kueue"),
  /** Backups of objects and volumes. */
  BACKUP("backup"),
  /** The hub of a workspace. */
  JUPYTERHUB("jupyterhub"),
  /** What scales pools; it runs beside Cluster API, and comes from no chart. */
  AUTOSCALER("cluster-autoscaler");

  private final String text;

  AddonName(String text) {
    this.text = text;
  }

  /** The name as users see it. */
  public String text() {
    return text;
  }

  /** The names of all that come from charts, as users see them. */
  public static SortedSet<String> charted() {
    var names = new TreeSet<String>();
    Arrays.stream(values()).map(AddonName::text).forEach(names::add);
    names.remove(AUTOSCALER.text());
    return Collections.unmodifiableSortedSet(names);
  }

  /** The names that a cluster's own add-ons have, which none of the claim's may take. */
  static SortedSet<String> ofClusters() {
    var names = new TreeSet<>(charted());
    names.remove(JUPYTERHUB.text());
    names.add(AUTOSCALER.text());
    return Collections.unmodifiableSortedSet(names);
  }
}
