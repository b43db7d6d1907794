package dev.isobar.function.compose.plan;

/** Labels and annotations that our objects carry and are recognised by; permanent. */
public final class Marks {
  /** Label: the pool an object belongs to; of nodes too. */
  public static final String POOL = "isobar.dev/pool";

  /** Label of Machines: how they are paid for, where their cloud may take them back. */
  public static final String CAPACITY_MODEL = "isobar.dev/capacity";

  /**
   * Annotation of Machines that provider-isobar makes: how long their nodes may take to join once
   * they run.
   */
  public static final String STARTUP = "isobar.dev/node-startup-timeout";

  /** Label: the permanent name of the cluster an object belongs to. */
  public static final String CLUSTER = "isobar.dev/cluster";

  /** Label: the workspace an object belongs to. */
  public static final String WORKSPACE = "isobar.dev/workspace";

  /**
   * Label of MachineDeployments of workspaces: the permanent name of the cluster whose GPU Operator
   * serves them.
   */
  public static final String SERVED_BY = "isobar.dev/gpu-operator-of";

  /**
   * Annotation of MachineDeployments of workspaces: the GPU configurations of their nodes, a line
   * each, to be kept while they live.
   */
  public static final String GPU_CONFIGS = "isobar.dev/gpu-configs";

  /**
   * Annotation of MachineDeployments of workspaces: what the Cloud has no more of what their nodes
   * were made from, which is why these stand.
   */
  public static final String STANDS = "isobar.dev/stands";

  /** Label of Cluster API: the cluster a machine belongs to. */
  public static final String CAPI_CLUSTER = "cluster.x-k8s.io/cluster-name";

  /** Label of Cluster API: the MachineDeployment a machine belongs to. */
  public static final String CAPI_DEPLOYMENT = "cluster.x-k8s.io/deployment-name";

  /** Beginning of the annotations that give the autoscaler its limits. */
  public static final String AUTOSCALER = "cluster.x-k8s.io/cluster-api-autoscaler-node-group-";

  /** Beginning of the annotations that tell the autoscaler what a node would offer. */
  public static final String CAPACITY = "capacity.cluster-autoscaler.kubernetes.io/";

  /** Beginning of the annotations that override the autoscaler's flags for a pool. */
  public static final String SCALING = "cluster.x-k8s.io/autoscaling-options-";

  /** Annotation that tells the autoscaler how long a node of these must have been unneeded. */
  public static final String SCALE_DOWN_AFTER = SCALING + "scaledownunneededtime";

  /** Annotation that the autoscaler takes for a pause. */
  public static final String PAUSED = "cluster.x-k8s.io/paused";

  /** Annotation of the Cluster: the choices that cannot be changed any more, a line each. */
  public static final String FIXED = "isobar.dev/fixed";

  /**
   * Annotation: the content hash of what the user set, by which a rendering is kept across
   * releases.
   */
  public static final String CONTENT = "isobar.dev/content-hash";

  /**
   * Annotation of machine templates: what the claim's imageRevision was when their image was
   * chosen, or found to be the one in use.
   */
  public static final String IMAGE_REVISION = "isobar.dev/image-revision";

  /** Annotation of machine templates: the architecture of the image. */
  public static final String ARCHITECTURE = "isobar.dev/architecture";

  /**
   * Annotation of bootstrap templates: the GPU configuration its nodes select, to be kept while
   * they live.
   */
  public static final String GPU_CONFIG = "isobar.dev/gpu-config";

  /**
   * Annotation of MachineDeployments: the demand, and the layouts that were chosen for it, in a few
   * letters.
   */
  public static final String GPU_DEMAND = "isobar.dev/gpu-demand";

  /** Label of nodes: their MIG layout. */
  public static final String MIG_CONFIG = "nvidia.com/mig.config";

  /** Label of nodes: their sharing of GPUs. */
  public static final String SHARING_CONFIG = "nvidia.com/device-plugin.config";

  /** Label of nodes that offer whole GPUs, for the autoscaler. */
  public static final String ACCELERATOR = "cluster-api/accelerator";

  /** Taint of all GPU nodes. */
  public static final String GPU_TAINT = "nvidia.com/gpu";

  /** Taint of GPU nodes until their GPUs work; provider-isobar lifts it. */
  public static final String NOT_READY_TAINT = "isobar.dev/gpu-not-ready";

  private Marks() {}
}
