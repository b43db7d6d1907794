package dev.isobar.function.compose.plan;

import dev.isobar.apis.compute.Architecture;
import dev.isobar.apis.compute.CloudObject;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.cloud.ImagePin;
import dev.isobar.function.compose.cloud.KubernetesVersion;
import dev.isobar.function.readiness.ObservedCondition;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The composed resources as they are, and the facts that are kept in them. */
public final class ObservedCluster {
  private static final String OWN_MACHINES = "GpuMachineTemplate";

  private final SortedMap<String, Tree> resources;
  private final List<Tree> ofWorkspaces;
  private final List<WorkspaceNodes> workspaceNodes;
  private final Map<String, SortedMap<String, Tree>> deployments = new TreeMap<>();
  private final Map<String, Tree> machineTemplates = new TreeMap<>();
  private final SortedSet<String> poolsWithGpus = new TreeSet<>();

  /** What is observed, by composition resource name. */
  public ObservedCluster(SortedMap<String, Tree> resources) {
    this(resources, List.of(), List.of());
  }

  /**
   * The same with what others have in the cluster.
   *
   * @param ofWorkspaces the MachineDeployments of workspaces that have machines
   * @param workspaceNodes what workspaces ask for that have MachineDeployments, also without
   *     machines
   */
  public ObservedCluster(
      SortedMap<String, Tree> resources,
      List<Tree> ofWorkspaces,
      List<WorkspaceNodes> workspaceNodes) {
    this.resources = resources;
    this.ofWorkspaces = ofWorkspaces;
    this.workspaceNodes = workspaceNodes;
    resources.forEach(this::file);
  }

  /** By what it is asked for later, once for every pool. */
  private void file(String key, Tree object) {
    String kind = object.at("kind").text().orElse("");
    if (annotation(object, Marks.GPU_CONFIG).isPresent()) {
      label(object, Marks.POOL).ifPresent(poolsWithGpus::add);
    }
    if (kind.equals("MachineDeployment")) {
      label(object, Marks.POOL)
          .ifPresent(
              pool -> deployments.computeIfAbsent(pool, _ -> new TreeMap<>()).put(key, object));
    } else if (kind.endsWith("MachineTemplate")) {
      object
          .at("metadata", "name")
          .text()
          .ifPresent(name -> machineTemplates.putIfAbsent(name, object));
    }
  }

  /** The composed resources, by composition resource name. */
  public SortedMap<String, Tree> resources() {
    return resources;
  }

  /** The object of this composition resource name, absent when it does not exist yet. */
  public Tree resource(String key) {
    return resources.getOrDefault(key, Tree.absent());
  }

  /** The MachineDeployments of workspaces in the cluster that have machines. */
  public List<Tree> ofWorkspaces() {
    return ofWorkspaces;
  }

  /** What workspaces ask for whose nodes are in the cluster, or were and may come again. */
  public List<WorkspaceNodes> workspaceNodes() {
    return workspaceNodes;
  }

  /**
   * Whether there may be machines that provider-isobar made, those of workspaces included: their
   * templates stay until they have gone.
   */
  public boolean mayHaveOwnMachines() {
    Stream<Tree> ofNodes =
        ofWorkspaces.stream()
            .map(deployment -> deployment.at("spec", "template", "spec", "infrastructureRef"));
    return !workspaceNodes.isEmpty()
        || Stream.concat(resources.values().stream(), ofNodes)
            .anyMatch(one -> one.at("kind").text().filter(OWN_MACHINES::equals).isPresent());
  }

  /** Whether nodes of a pool may have GPUs, as their templates stay until they have gone. */
  public boolean hadGpus(String pool) {
    return poolsWithGpus.contains(pool);
  }

  /** Whether the cluster has been begun. */
  public boolean begun() {
    return cluster().exists();
  }

  /** The Cluster. */
  public Tree cluster() {
    return resource(Keys.CLUSTER);
  }

  /** The control plane. */
  public Tree controlPlane() {
    return resource(Keys.CONTROL_PLANE);
  }

  /** The OpenStackCluster, AWSCluster or AWSManagedCluster. */
  public Tree infrastructure() {
    return resource(Keys.INFRASTRUCTURE);
  }

  /** The template of this name, absent when there is none. */
  public Tree named(String template) {
    return resources.values().stream()
        .filter(object -> object.at("metadata", "name").text().filter(template::equals).isPresent())
        .filter(object ->
            object.at("kind").text().filter(kind -> kind.endsWith("Template")).isPresent())
        .findFirst()
        .orElse(Tree.absent());
  }

  /** The pools that have MachineDeployments, those included that leave. */
  public SortedSet<String> pools() {
    return new TreeSet<>(deployments.keySet());
  }

  /** The MachineDeployments of a pool, in the order of their composition resource names. */
  public List<Tree> deployments(String pool) {
    return List.copyOf(deploymentsByKey(pool).values());
  }

  /** The MachineDeployments of a pool, by composition resource name. */
  public SortedMap<String, Tree> deploymentsByKey(String pool) {
    return deployments.getOrDefault(pool, Collections.emptySortedMap());
  }

  /** The zones the control plane may have machines in. */
  public SortedSet<String> controlPlaneZones() {
    return texts(infrastructure().at("spec", "controlPlaneAvailabilityZones"));
  }

  /** The zones a pool has, or may have, machines in. */
  public SortedSet<String> zones(String pool) {
    var zones = new TreeSet<String>();
    for (Tree deployment : deployments(pool)) {
      deployment.at("spec", "template", "spec").at("failureDomain").text().ifPresent(zones::add);
      machineTemplate(deployment)
          .flatMap(this::template)
          .map(template -> template.at("spec", "template", "spec").at("zones"))
          .ifPresent(listed -> zones.addAll(texts(listed)));
    }
    return zones;
  }

  private static SortedSet<String> texts(Tree list) {
    var texts = new TreeSet<String>();
    list.items().forEach(item -> item.text().ifPresent(texts::add));
    return texts;
  }

  /** A label of an object. */
  public static Optional<String> label(Tree object, String label) {
    return object.at("metadata", "labels", label).text();
  }

  /** An annotation of an object. */
  public static Optional<String> annotation(Tree object, String annotation) {
    return object.at("metadata", "annotations", annotation).text();
  }

  /** Whether there is a control plane, and the cloud runs it. */
  public boolean managed() {
    return controlPlane().at("kind").text().filter("AWSManagedControlPlane"::equals).isPresent();
  }

  /** The version a control plane is set to. */
  public Optional<KubernetesVersion> controlPlaneVersion() {
    return controlPlane().at("spec", "version").text().flatMap(this::version);
  }

  /** A version in the status of the control plane: exact where it is ours to choose patches. */
  Optional<KubernetesVersion> version(String text) {
    return managed() ? KubernetesVersion.minorOf(text) : KubernetesVersion.parse(text);
  }

  /** The version a MachineDeployment is set to. */
  public static Optional<KubernetesVersion> version(Tree deployment) {
    return version(deployment, deployment.at("spec", "template", "spec", "version"));
  }

  /** The versions that the machines of a MachineDeployment run, as far as its status says. */
  public static List<KubernetesVersion> running(Tree deployment) {
    return deployment.at("status", "versions").items().stream()
        .flatMap(entry -> version(deployment, entry.at("version")).stream())
        .toList();
  }

  /**
   * Whether the machines of a MachineDeployment may run what it was set to before. Cluster API 1.13
   * says no more of their versions than that a rollout is under way.
   */
  public static boolean unsure(Tree deployment) {
    return deployment.at("status", "versions").items().isEmpty()
        && ObservedCondition.of(deployment, "RollingOut")
            .filter(rolls -> rolls.holds() || !rolls.current())
            .isPresent();
  }

  /** Nodes of EKS report patches, and more, of their own. */
  private static Optional<KubernetesVersion> version(Tree deployment, Tree version) {
    boolean managed =
        deployment
            .at("spec", "template", "spec", "bootstrap", "configRef", "kind")
            .text()
            .filter("NodeadmConfigTemplate"::equals)
            .isPresent();
    return version.text().flatMap(managed ? KubernetesVersion::minorOf : KubernetesVersion::parse);
  }

  /** The image in the machine template of this name. */
  public Optional<ImagePin> imageOfTemplate(String name) {
    return template(name).flatMap(ObservedCluster::image);
  }

  /** The machine type in the machine template of this name, or the first of its list. */
  public Optional<String> machineTypeOfTemplate(String name) {
    Tree machine = template(name).orElseGet(Tree::absent).at("spec", "template", "spec");
    return machine
        .at("flavor")
        .text()
        .or(() -> machine.at("flavor", "filter", "name").text())
        .or(() -> machine.at("instanceType").text())
        .or(() -> machine.at("machineTypes").items().stream().findFirst().flatMap(Tree::text));
  }

  /** The claim's imageRevision under which the machine template of this name got its image. */
  public Optional<String> imageRevisionOfTemplate(String name) {
    return template(name).flatMap(found -> annotation(found, Marks.IMAGE_REVISION));
  }

  private Optional<Tree> template(String name) {
    return Optional.ofNullable(machineTemplates.get(name));
  }

  private static Optional<ImagePin> image(Tree template) {
    Tree machine = template.at("spec", "template", "spec");
    Tree image = machine.at("image");
    Optional<String> id = image.at("id").text().or(() -> machine.at("ami", "id").text());
    Optional<String> name =
        image
            .at("name")
            .text()
            .or(() -> image.at("filter", "name").text())
            .or(() -> machine.at("ami", "eksLookupType").text());
    Architecture architecture =
        annotation(template, Marks.ARCHITECTURE)
            .filter(Architecture.arm64.name()::equals)
            .map(Architecture::valueOf)
            .orElse(Architecture.amd64);
    return id.isEmpty() && name.isEmpty()
        ? Optional.empty()
        : Optional.of(new ImagePin(new CloudObject(name, id), architecture));
  }

  /** Whether a MachineDeployment shall have no machine any more. */
  public static boolean emptied(Tree deployment) {
    boolean none = deployment.at("spec", "replicas").whole().filter(at -> at == 0).isPresent();
    boolean scaled = annotation(deployment, Marks.AUTOSCALER + "min-size").isPresent();
    return (none && !scaled) || deployment.at("metadata", "deletionTimestamp").exists();
  }

  /** The name of the machine template a control plane refers to. */
  public Optional<String> controlPlaneTemplate() {
    return controlPlane().at("spec", "machineTemplate", "spec", "infrastructureRef", "name").text();
  }

  /** The name of the machine template a MachineDeployment refers to. */
  public static Optional<String> machineTemplate(Tree deployment) {
    return deployment.at("spec", "template", "spec", "infrastructureRef", "name").text();
  }

  /** The name of the bootstrap template a MachineDeployment refers to. */
  public static Optional<String> bootstrapTemplate(Tree deployment) {
    return deployment.at("spec", "template", "spec", "bootstrap", "configRef", "name").text();
  }
}
