// Made from the records of apis by the tests of src/it; do not edit.
// Make anew: mvn -pl src/it -am test -Dtest=ConstructorsTest
// -Dsurefire.failIfNoSpecifiedTests=false -Disobar.regenerate=true
package dev.isobar.apis.decode;

import dev.isobar.apis.compute.AssumedRole;
import dev.isobar.apis.compute.CapacityChoice;
import dev.isobar.apis.compute.Cloud;
import dev.isobar.apis.compute.CloudEndpoints;
import dev.isobar.apis.compute.CloudNetwork;
import dev.isobar.apis.compute.CloudObject;
import dev.isobar.apis.compute.CloudSpec;
import dev.isobar.apis.compute.CloudStatus;
import dev.isobar.apis.compute.ClusterApi;
import dev.isobar.apis.compute.ClusterCleanup;
import dev.isobar.apis.compute.ClusterCleanupSpec;
import dev.isobar.apis.compute.ClusterCleanupStatus;
import dev.isobar.apis.compute.ClusterProviderConfig;
import dev.isobar.apis.compute.ClusterProviderConfigSpec;
import dev.isobar.apis.compute.DiscoveryTerms;
import dev.isobar.apis.compute.Eks;
import dev.isobar.apis.compute.Fabric;
import dev.isobar.apis.compute.GpuMark;
import dev.isobar.apis.compute.GpuProduct;
import dev.isobar.apis.compute.IdentityRef;
import dev.isobar.apis.compute.Image;
import dev.isobar.apis.compute.ImageChoice;
import dev.isobar.apis.compute.Instance;
import dev.isobar.apis.compute.InstanceDisk;
import dev.isobar.apis.compute.InstanceObservation;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.InstanceSpec;
import dev.isobar.apis.compute.InstanceStatus;
import dev.isobar.apis.compute.LabelSelector;
import dev.isobar.apis.compute.MachineType;
import dev.isobar.apis.compute.MachineTypeChoice;
import dev.isobar.apis.compute.MetadataService;
import dev.isobar.apis.compute.NetworkInterface;
import dev.isobar.apis.compute.Placement;
import dev.isobar.apis.compute.ProviderConfig;
import dev.isobar.apis.compute.ProviderConfigRef;
import dev.isobar.apis.compute.ProviderConfigSpec;
import dev.isobar.apis.compute.ProviderConfigStatus;
import dev.isobar.apis.compute.ProviderConfigUsage;
import dev.isobar.apis.compute.ProviderSpecific;
import dev.isobar.apis.compute.RootDisk;
import dev.isobar.apis.compute.SecretEntry;
import dev.isobar.apis.compute.SshKeyChoice;
import dev.isobar.apis.compute.StatusCondition;
import dev.isobar.apis.compute.UsedProviderConfig;
import dev.isobar.apis.compute.UserDataSource;
import dev.isobar.apis.compute.WorkloadCredentials;
import dev.isobar.apis.infrastructure.GpuMachine;
import dev.isobar.apis.infrastructure.GpuMachineSpec;
import dev.isobar.apis.infrastructure.GpuMachineStatus;
import dev.isobar.apis.infrastructure.GpuMachineTemplate;
import dev.isobar.apis.platform.AddonState;
import dev.isobar.apis.platform.Addons;
import dev.isobar.apis.platform.Alertmanager;
import dev.isobar.apis.platform.Api;
import dev.isobar.apis.platform.Autoscale;
import dev.isobar.apis.platform.Backup;
import dev.isobar.apis.platform.ClusterAutoscaler;
import dev.isobar.apis.platform.ControlPlane;
import dev.isobar.apis.platform.DataDisk;
import dev.isobar.apis.platform.Disk;
import dev.isobar.apis.platform.Etcd;
import dev.isobar.apis.platform.ExistingNetwork;
import dev.isobar.apis.platform.ExternalDns;
import dev.isobar.apis.platform.ExtraAddon;
import dev.isobar.apis.platform.Gpu;
import dev.isobar.apis.platform.GpuOperator;
import dev.isobar.apis.platform.HealthCheck;
import dev.isobar.apis.platform.HelmChart;
import dev.isobar.apis.platform.Kubelet;
import dev.isobar.apis.platform.ManagedControlPlane;
import dev.isobar.apis.platform.Network;
import dev.isobar.apis.platform.Nodes;
import dev.isobar.apis.platform.Oidc;
import dev.isobar.apis.platform.Partitioning;
import dev.isobar.apis.platform.PlannedSlices;
import dev.isobar.apis.platform.PlatformCluster;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.platform.PlatformClusterStatus;
import dev.isobar.apis.platform.PodSecurity;
import dev.isobar.apis.platform.Pool;
import dev.isobar.apis.platform.PoolState;
import dev.isobar.apis.platform.Prometheus;
import dev.isobar.apis.platform.RegistryMirror;
import dev.isobar.apis.platform.SecretKey;
import dev.isobar.apis.platform.Security;
import dev.isobar.apis.platform.SharedVolumes;
import dev.isobar.apis.platform.Taint;
import dev.isobar.apis.platform.TrustedAuthority;
import dev.isobar.apis.platform.Volumes;
import dev.isobar.apis.schema.Cidr;
import dev.isobar.apis.schema.Size;
import dev.isobar.apis.schema.Span;
import dev.isobar.apis.settings.Settings;
import dev.isobar.apis.workspace.Accelerator;
import dev.isobar.apis.workspace.GpuWorkspace;
import dev.isobar.apis.workspace.GpuWorkspaceSpec;
import dev.isobar.apis.workspace.GpuWorkspaceStatus;
import dev.isobar.apis.workspace.HubGateway;
import dev.isobar.apis.workspace.HubIngress;
import dev.isobar.apis.workspace.HubLogin;
import dev.isobar.apis.workspace.HubStorage;
import dev.isobar.apis.workspace.HubUsers;
import dev.isobar.apis.workspace.IdleServers;
import dev.isobar.apis.workspace.JupyterHub;
import dev.isobar.apis.workspace.Member;
import dev.isobar.apis.workspace.QueueingScheduler;
import dev.isobar.apis.workspace.ServerNetwork;
import dev.isobar.apis.workspace.ServerProfile;
import dev.isobar.apis.workspace.WorkspaceQuota;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The constructors of the kinds' records. To call them by reflection makes a class for nearly every
 * one when it is called first, which took a sixth of a cold start.
 */
final class Constructors {
  private Constructors() {}

  /** How a record is made of its components' values, when it is one of a kind. */
  static Optional<Maker> of(Class<? extends Record> type) {
    return Optional.ofNullable(known(type.getName()));
  }

  private static @Nullable Maker known(String type) {
    return switch (type) {
      case "dev.isobar.apis.compute.AssumedRole" ->
          values -> new AssumedRole(at(values, 0), at(values, 1));
      case "dev.isobar.apis.compute.CapacityChoice" ->
          values -> new CapacityChoice(at(values, 0), at(values, 1), at(values, 2));
      case "dev.isobar.apis.compute.Cloud" -> values -> new Cloud(at(values, 0), at(values, 1));
      case "dev.isobar.apis.compute.CloudEndpoints" ->
          values -> new CloudEndpoints(at(values, 0), at(values, 1));
      case "dev.isobar.apis.compute.CloudNetwork" ->
          values -> new CloudNetwork(at(values, 0), at(values, 1), at(values, 2));
      case "dev.isobar.apis.compute.CloudObject" ->
          values -> new CloudObject(at(values, 0), at(values, 1));
      case "dev.isobar.apis.compute.CloudSpec" ->
          values ->
              new CloudSpec(
                  at(values, 0),
                  at(values, 1),
                  at(values, 2),
                  at(values, 3),
                  at(values, 4),
                  at(values, 5),
                  at(values, 6),
                  at(values, 7),
                  at(values, 8),
                  at(values, 9),
                  at(values, 10),
                  at(values, 11),
                  at(values, 12));
      case "dev.isobar.apis.compute.CloudStatus" ->
          values ->
              new CloudStatus(
                  at(values, 0),
                  at(values, 1),
                  at(values, 2),
                  at(values, 3),
                  at(values, 4),
                  at(values, 5),
                  at(values, 6));
      case "dev.isobar.apis.compute.CloudStatus$Counts" ->
          values -> new CloudStatus.Counts(at(values, 0), at(values, 1), at(values, 2));
      case "dev.isobar.apis.compute.CloudStatus$Quota" ->
          values -> new CloudStatus.Quota(at(values, 0), at(values, 1), at(values, 2));
      case "dev.isobar.apis.compute.ClusterApi" ->
          values -> new ClusterApi(at(values, 0), at(values, 1), at(values, 2), at(values, 3));
      case "dev.isobar.apis.compute.ClusterApi$InstanceProfiles" ->
          values -> new ClusterApi.InstanceProfiles(at(values, 0), at(values, 1));
      case "dev.isobar.apis.compute.ClusterCleanup" ->
          values -> new ClusterCleanup(at(values, 0), at(values, 1));
      case "dev.isobar.apis.compute.ClusterCleanupSpec" ->
          values ->
              new ClusterCleanupSpec(at(values, 0), at(values, 1), at(values, 2), at(values, 3));
      case "dev.isobar.apis.compute.ClusterCleanupSpec$ControlPlaneRef" ->
          values -> new ClusterCleanupSpec.ControlPlaneRef(at(values, 0), at(values, 1));
      case "dev.isobar.apis.compute.ClusterCleanupStatus" ->
          values ->
              new ClusterCleanupStatus(at(values, 0), at(values, 1), at(values, 2), at(values, 3));
      case "dev.isobar.apis.compute.ClusterCleanupStatus$Counts" ->
          values ->
              new ClusterCleanupStatus.Counts(
                  at(values, 0), at(values, 1), at(values, 2), at(values, 3), at(values, 4));
      case "dev.isobar.apis.compute.ClusterCleanupStatus$Found" ->
          values -> new ClusterCleanupStatus.Found(at(values, 0), at(values, 1), at(values, 2));
      case "dev.isobar.apis.compute.ClusterProviderConfig" ->
          values -> new ClusterProviderConfig(at(values, 0), at(values, 1));
      case "dev.isobar.apis.compute.ClusterProviderConfigSpec" ->
          values ->
              new ClusterProviderConfigSpec(
                  at(values, 0), at(values, 1), at(values, 2), at(values, 3), at(values, 4));
      case "dev.isobar.apis.compute.ClusterProviderConfigSpec$ClusterCloudCredentials" ->
          values ->
              new ClusterProviderConfigSpec.ClusterCloudCredentials(
                  at(values, 0), at(values, 1), at(values, 2), at(values, 3));
      case "dev.isobar.apis.compute.ClusterProviderConfigSpec$ForeignSecretEntry" ->
          values ->
              new ClusterProviderConfigSpec.ForeignSecretEntry(
                  at(values, 0), at(values, 1), at(values, 2));
      case "dev.isobar.apis.compute.DiscoveryTerms" ->
          values -> new DiscoveryTerms(at(values, 0), at(values, 1));
      case "dev.isobar.apis.compute.Eks" ->
          values -> new Eks(at(values, 0), at(values, 1), at(values, 2));
      case "dev.isobar.apis.compute.Eks$EksAddon" ->
          values -> new Eks.EksAddon(at(values, 0), at(values, 1), at(values, 2));
      case "dev.isobar.apis.compute.Eks$EksImage" ->
          values -> new Eks.EksImage(at(values, 0), at(values, 1), at(values, 2));
      case "dev.isobar.apis.compute.Eks$EksVersion" ->
          values -> new Eks.EksVersion(at(values, 0), at(values, 1), at(values, 2));
      case "dev.isobar.apis.compute.Fabric" ->
          values -> new Fabric(at(values, 0), at(values, 1), at(values, 2));
      case "dev.isobar.apis.compute.GpuMark" ->
          values ->
              new GpuMark(
                  at(values, 0),
                  at(values, 1),
                  at(values, 2),
                  at(values, 3),
                  at(values, 4),
                  at(values, 5),
                  at(values, 6));
      case "dev.isobar.apis.compute.GpuProduct" ->
          values ->
              new GpuProduct(
                  at(values, 0),
                  at(values, 1),
                  at(values, 2),
                  at(values, 3),
                  at(values, 4),
                  at(values, 5));
      case "dev.isobar.apis.compute.GpuProduct$Profile" ->
          values ->
              new GpuProduct.Profile(
                  at(values, 0),
                  at(values, 1),
                  at(values, 2),
                  at(values, 3),
                  at(values, 4),
                  at(values, 5));
      case "dev.isobar.apis.compute.IdentityRef" ->
          values -> new IdentityRef(at(values, 0), at(values, 1), at(values, 2));
      case "dev.isobar.apis.compute.Image" ->
          values ->
              new Image(
                  at(values, 0),
                  at(values, 1),
                  at(values, 2),
                  at(values, 3),
                  at(values, 4),
                  at(values, 5));
      case "dev.isobar.apis.compute.ImageChoice" ->
          values -> new ImageChoice(at(values, 0), at(values, 1));
      case "dev.isobar.apis.compute.ImageChoice$Selector" ->
          values ->
              new ImageChoice.Selector(
                  at(values, 0), at(values, 1), at(values, 2), at(values, 3), at(values, 4));
      case "dev.isobar.apis.compute.Instance" ->
          values -> new Instance(at(values, 0), at(values, 1));
      case "dev.isobar.apis.compute.InstanceDisk" ->
          values ->
              new InstanceDisk(
                  at(values, 0),
                  at(values, 1),
                  at(values, 2),
                  at(values, 3),
                  at(values, 4),
                  at(values, 5));
      case "dev.isobar.apis.compute.InstanceObservation" ->
          values ->
              new InstanceObservation(
                  at(values, 0),
                  at(values, 1),
                  at(values, 2),
                  at(values, 3),
                  at(values, 4),
                  at(values, 5),
                  at(values, 6),
                  at(values, 7),
                  at(values, 8),
                  at(values, 9),
                  at(values, 10),
                  at(values, 11),
                  at(values, 12),
                  at(values, 13));
      case "dev.isobar.apis.compute.InstanceObservation$Deviation" ->
          values ->
              new InstanceObservation.Deviation(
                  at(values, 0), at(values, 1), at(values, 2), at(values, 3));
      case "dev.isobar.apis.compute.InstanceObservation$GpusInUse" ->
          values ->
              new InstanceObservation.GpusInUse(
                  at(values, 0), at(values, 1), at(values, 2), at(values, 3));
      case "dev.isobar.apis.compute.InstanceObservation$MachineAddress" ->
          values -> new InstanceObservation.MachineAddress(at(values, 0), at(values, 1));
      case "dev.isobar.apis.compute.InstanceObservation$TypeInUse" ->
          values ->
              new InstanceObservation.TypeInUse(
                  at(values, 0), at(values, 1), at(values, 2), at(values, 3));
      case "dev.isobar.apis.compute.InstanceParameters" ->
          values ->
              new InstanceParameters(
                  at(values, 0),
                  at(values, 1),
                  at(values, 2),
                  at(values, 3),
                  at(values, 4),
                  at(values, 5),
                  at(values, 6),
                  at(values, 7),
                  at(values, 8),
                  at(values, 9),
                  at(values, 10),
                  at(values, 11),
                  at(values, 12),
                  at(values, 13),
                  at(values, 14),
                  at(values, 15));
      case "dev.isobar.apis.compute.InstanceSpec" ->
          values ->
              new InstanceSpec(
                  at(values, 0), at(values, 1), at(values, 2), at(values, 3), at(values, 4));
      case "dev.isobar.apis.compute.InstanceSpec$ConnectionSecret" ->
          values -> new InstanceSpec.ConnectionSecret(at(values, 0));
      case "dev.isobar.apis.compute.InstanceStatus" ->
          values ->
              new InstanceStatus(
                  at(values, 0), at(values, 1), at(values, 2), at(values, 3), at(values, 4));
      case "dev.isobar.apis.compute.InstanceStatus$RefusedOffer" ->
          values ->
              new InstanceStatus.RefusedOffer(
                  at(values, 0),
                  at(values, 1),
                  at(values, 2),
                  at(values, 3),
                  at(values, 4),
                  at(values, 5));
      case "dev.isobar.apis.compute.LabelSelector" ->
          values -> new LabelSelector(at(values, 0), at(values, 1));
      case "dev.isobar.apis.compute.LabelSelector$Expression" ->
          values -> new LabelSelector.Expression(at(values, 0), at(values, 1), at(values, 2));
      case "dev.isobar.apis.compute.MachineType" ->
          values ->
              new MachineType(
                  at(values, 0),
                  at(values, 1),
                  at(values, 2),
                  at(values, 3),
                  at(values, 4),
                  at(values, 5),
                  at(values, 6),
                  at(values, 7));
      case "dev.isobar.apis.compute.MachineType$GpuFacts" ->
          values ->
              new MachineType.GpuFacts(
                  at(values, 0), at(values, 1), at(values, 2), at(values, 3), at(values, 4));
      case "dev.isobar.apis.compute.MachineTypeChoice" ->
          values -> new MachineTypeChoice(at(values, 0), at(values, 1), at(values, 2));
      case "dev.isobar.apis.compute.MachineTypeChoice$GpuNeed" ->
          values -> new MachineTypeChoice.GpuNeed(at(values, 0), at(values, 1), at(values, 2));
      case "dev.isobar.apis.compute.MachineTypeChoice$Requirements" ->
          values ->
              new MachineTypeChoice.Requirements(
                  at(values, 0), at(values, 1), at(values, 2), at(values, 3));
      case "dev.isobar.apis.compute.MetadataService" ->
          values -> new MetadataService(at(values, 0), at(values, 1), at(values, 2));
      case "dev.isobar.apis.compute.NetworkInterface" ->
          values ->
              new NetworkInterface(
                  at(values, 0),
                  at(values, 1),
                  at(values, 2),
                  at(values, 3),
                  at(values, 4),
                  at(values, 5),
                  at(values, 6),
                  at(values, 7));
      case "dev.isobar.apis.compute.NetworkInterface$PublicAddress" ->
          values -> new NetworkInterface.PublicAddress(at(values, 0));
      case "dev.isobar.apis.compute.Placement" ->
          values -> new Placement(at(values, 0), at(values, 1), at(values, 2), at(values, 3));
      case "dev.isobar.apis.compute.ProviderConfig" ->
          values -> new ProviderConfig(at(values, 0), at(values, 1));
      case "dev.isobar.apis.compute.ProviderConfigRef" ->
          values -> new ProviderConfigRef(at(values, 0), at(values, 1));
      case "dev.isobar.apis.compute.ProviderConfigSpec" ->
          values ->
              new ProviderConfigSpec(at(values, 0), at(values, 1), at(values, 2), at(values, 3));
      case "dev.isobar.apis.compute.ProviderConfigSpec$CloudCredentials" ->
          values ->
              new ProviderConfigSpec.CloudCredentials(at(values, 0), at(values, 1), at(values, 2));
      case "dev.isobar.apis.compute.ProviderConfigStatus" ->
          values -> new ProviderConfigStatus(at(values, 0), at(values, 1));
      case "dev.isobar.apis.compute.ProviderConfigUsage" ->
          values -> new ProviderConfigUsage(at(values, 0), at(values, 1));
      case "dev.isobar.apis.compute.ProviderConfigUsage$UsingResource" ->
          values ->
              new ProviderConfigUsage.UsingResource(at(values, 0), at(values, 1), at(values, 2));
      case "dev.isobar.apis.compute.ProviderSpecific" ->
          values -> new ProviderSpecific(at(values, 0), at(values, 1));
      case "dev.isobar.apis.compute.ProviderSpecific$Ec2Corner" ->
          values -> new ProviderSpecific.Ec2Corner(at(values, 0), at(values, 1));
      case "dev.isobar.apis.compute.ProviderSpecific$OpenStackCorner" ->
          values -> new ProviderSpecific.OpenStackCorner(at(values, 0), at(values, 1));
      case "dev.isobar.apis.compute.RootDisk" ->
          values ->
              new RootDisk(
                  at(values, 0),
                  at(values, 1),
                  at(values, 2),
                  at(values, 3),
                  at(values, 4),
                  at(values, 5));
      case "dev.isobar.apis.compute.RootDisk$Encryption" ->
          values -> new RootDisk.Encryption(at(values, 0), at(values, 1));
      case "dev.isobar.apis.compute.SecretEntry" ->
          values -> new SecretEntry(at(values, 0), at(values, 1));
      case "dev.isobar.apis.compute.SshKeyChoice" ->
          values -> new SshKeyChoice(at(values, 0), at(values, 1));
      case "dev.isobar.apis.compute.StatusCondition" ->
          values ->
              new StatusCondition(
                  at(values, 0),
                  at(values, 1),
                  at(values, 2),
                  at(values, 3),
                  at(values, 4),
                  at(values, 5));
      case "dev.isobar.apis.compute.UsedProviderConfig" ->
          values -> new UsedProviderConfig(at(values, 0), at(values, 1));
      case "dev.isobar.apis.compute.UserDataSource" ->
          values -> new UserDataSource(at(values, 0), at(values, 1));
      case "dev.isobar.apis.compute.WorkloadCredentials" ->
          values -> new WorkloadCredentials(at(values, 0), at(values, 1));
      case "dev.isobar.apis.compute.WorkloadCredentials$SecretRef" ->
          values -> new WorkloadCredentials.SecretRef(at(values, 0), at(values, 1));
      case "dev.isobar.apis.infrastructure.GpuMachine" ->
          values -> new GpuMachine(at(values, 0), at(values, 1));
      case "dev.isobar.apis.infrastructure.GpuMachineSpec" ->
          values ->
              new GpuMachineSpec(
                  at(values, 0),
                  at(values, 1),
                  at(values, 2),
                  at(values, 3),
                  at(values, 4),
                  at(values, 5),
                  at(values, 6),
                  at(values, 7),
                  at(values, 8),
                  at(values, 9),
                  at(values, 10),
                  at(values, 11),
                  at(values, 12),
                  at(values, 13));
      case "dev.isobar.apis.infrastructure.GpuMachineStatus" ->
          values ->
              new GpuMachineStatus(
                  at(values, 0),
                  at(values, 1),
                  at(values, 2),
                  at(values, 3),
                  at(values, 4),
                  at(values, 5),
                  at(values, 6));
      case "dev.isobar.apis.infrastructure.GpuMachineStatus$Address" ->
          values -> new GpuMachineStatus.Address(at(values, 0), at(values, 1));
      case "dev.isobar.apis.infrastructure.GpuMachineStatus$Initialization" ->
          values -> new GpuMachineStatus.Initialization(at(values, 0));
      case "dev.isobar.apis.infrastructure.GpuMachineTemplate" ->
          values -> new GpuMachineTemplate(at(values, 0), at(values, 1));
      case "dev.isobar.apis.infrastructure.GpuMachineTemplate$Metadata" ->
          values -> new GpuMachineTemplate.Metadata(at(values, 0), at(values, 1));
      case "dev.isobar.apis.infrastructure.GpuMachineTemplate$NodeFacts" ->
          values -> new GpuMachineTemplate.NodeFacts(at(values, 0), at(values, 1));
      case "dev.isobar.apis.infrastructure.GpuMachineTemplate$Spec" ->
          values -> new GpuMachineTemplate.Spec(at(values, 0));
      case "dev.isobar.apis.infrastructure.GpuMachineTemplate$Status" ->
          values -> new GpuMachineTemplate.Status(at(values, 0), at(values, 1));
      case "dev.isobar.apis.infrastructure.GpuMachineTemplate$Template" ->
          values -> new GpuMachineTemplate.Template(at(values, 0), at(values, 1));
      case "dev.isobar.apis.platform.AddonState" ->
          values ->
              new AddonState(
                  at(values, 0), at(values, 1), at(values, 2), at(values, 3), at(values, 4));
      case "dev.isobar.apis.platform.Addons" ->
          values ->
              new Addons(
                  at(values, 0),
                  at(values, 1),
                  at(values, 2),
                  at(values, 3),
                  at(values, 4),
                  at(values, 5),
                  at(values, 6),
                  at(values, 7),
                  at(values, 8),
                  at(values, 9),
                  at(values, 10),
                  at(values, 11),
                  at(values, 12),
                  at(values, 13),
                  at(values, 14),
                  at(values, 15));
      case "dev.isobar.apis.platform.Alertmanager" -> values -> new Alertmanager(at(values, 0));
      case "dev.isobar.apis.platform.Api" ->
          values ->
              new Api(at(values, 0), at(values, 1), at(values, 2), at(values, 3), at(values, 4));
      case "dev.isobar.apis.platform.Autoscale" ->
          values -> new Autoscale(at(values, 0), at(values, 1), at(values, 2));
      case "dev.isobar.apis.platform.Backup" ->
          values ->
              new Backup(
                  at(values, 0),
                  at(values, 1),
                  at(values, 2),
                  at(values, 3),
                  at(values, 4),
                  at(values, 5),
                  at(values, 6));
      case "dev.isobar.apis.platform.ClusterAutoscaler" ->
          values -> new ClusterAutoscaler(at(values, 0), at(values, 1), at(values, 2));
      case "dev.isobar.apis.platform.ControlPlane" ->
          values ->
              new ControlPlane(
                  at(values, 0),
                  at(values, 1),
                  at(values, 2),
                  at(values, 3),
                  at(values, 4),
                  at(values, 5),
                  at(values, 6),
                  at(values, 7),
                  at(values, 8),
                  at(values, 9),
                  at(values, 10),
                  at(values, 11));
      case "dev.isobar.apis.platform.DataDisk" ->
          values -> new DataDisk(at(values, 0), at(values, 1), at(values, 2), at(values, 3));
      case "dev.isobar.apis.platform.Disk" -> values -> new Disk(at(values, 0), at(values, 1));
      case "dev.isobar.apis.platform.Etcd" ->
          values -> new Etcd(at(values, 0), at(values, 1), at(values, 2), at(values, 3));
      case "dev.isobar.apis.platform.ExistingNetwork" ->
          values -> new ExistingNetwork(at(values, 0), at(values, 1), at(values, 2), at(values, 3));
      case "dev.isobar.apis.platform.ExternalDns" ->
          values ->
              new ExternalDns(
                  at(values, 0), at(values, 1), at(values, 2), at(values, 3), at(values, 4));
      case "dev.isobar.apis.platform.ExternalDns$Designate" ->
          values -> new ExternalDns.Designate();
      case "dev.isobar.apis.platform.ExternalDns$Rfc2136" ->
          values ->
              new ExternalDns.Rfc2136(
                  at(values, 0), at(values, 1), at(values, 2), at(values, 3), at(values, 4));
      case "dev.isobar.apis.platform.ExternalDns$Route53" ->
          values -> new ExternalDns.Route53(at(values, 0), at(values, 1));
      case "dev.isobar.apis.platform.ExtraAddon" ->
          values ->
              new ExtraAddon(
                  at(values, 0), at(values, 1), at(values, 2), at(values, 3), at(values, 4));
      case "dev.isobar.apis.platform.Gpu" -> values -> new Gpu(at(values, 0));
      case "dev.isobar.apis.platform.GpuOperator" ->
          values -> new GpuOperator(at(values, 0), at(values, 1));
      case "dev.isobar.apis.platform.HealthCheck" ->
          values -> new HealthCheck(at(values, 0), at(values, 1), at(values, 2), at(values, 3));
      case "dev.isobar.apis.platform.HelmChart" ->
          values -> new HelmChart(at(values, 0), at(values, 1), at(values, 2), at(values, 3));
      case "dev.isobar.apis.platform.Kubelet" ->
          values ->
              new Kubelet(
                  at(values, 0), at(values, 1), at(values, 2), at(values, 3), at(values, 4));
      case "dev.isobar.apis.platform.ManagedControlPlane" ->
          values ->
              new ManagedControlPlane(at(values, 0), at(values, 1), at(values, 2), at(values, 3));
      case "dev.isobar.apis.platform.Network" ->
          values ->
              new Network(
                  at(values, 0),
                  at(values, 1),
                  at(values, 2),
                  at(values, 3),
                  at(values, 4),
                  at(values, 5),
                  at(values, 6),
                  at(values, 7),
                  at(values, 8));
      case "dev.isobar.apis.platform.Nodes" ->
          values ->
              new Nodes(
                  at(values, 0),
                  at(values, 1),
                  at(values, 2),
                  at(values, 3),
                  at(values, 4),
                  at(values, 5));
      case "dev.isobar.apis.platform.Oidc" ->
          values ->
              new Oidc(
                  at(values, 0),
                  at(values, 1),
                  at(values, 2),
                  at(values, 3),
                  at(values, 4),
                  at(values, 5));
      case "dev.isobar.apis.platform.Partitioning" ->
          values -> new Partitioning(at(values, 0), at(values, 1), at(values, 2), at(values, 3));
      case "dev.isobar.apis.platform.Partitioning$Demand" ->
          values -> new Partitioning.Demand(at(values, 0), at(values, 1), at(values, 2));
      case "dev.isobar.apis.platform.Partitioning$Mig" ->
          values -> new Partitioning.Mig(at(values, 0), at(values, 1), at(values, 2));
      case "dev.isobar.apis.platform.Partitioning$Mps" ->
          values -> new Partitioning.Mps(at(values, 0));
      case "dev.isobar.apis.platform.Partitioning$TimeSlicing" ->
          values -> new Partitioning.TimeSlicing(at(values, 0), at(values, 1));
      case "dev.isobar.apis.platform.Partitioning$Whole" -> values -> new Partitioning.Whole();
      case "dev.isobar.apis.platform.PlannedSlices" ->
          values ->
              new PlannedSlices(
                  at(values, 0), at(values, 1), at(values, 2), at(values, 3), at(values, 4));
      case "dev.isobar.apis.platform.PlannedSlices$Served" ->
          values -> new PlannedSlices.Served(at(values, 0), at(values, 1), at(values, 2));
      case "dev.isobar.apis.platform.PlatformCluster" ->
          values -> new PlatformCluster(at(values, 0), at(values, 1));
      case "dev.isobar.apis.platform.PlatformClusterSpec" ->
          values ->
              new PlatformClusterSpec(
                  at(values, 0),
                  at(values, 1),
                  at(values, 2),
                  at(values, 3),
                  at(values, 4),
                  at(values, 5),
                  at(values, 6),
                  at(values, 7),
                  at(values, 8),
                  at(values, 9),
                  at(values, 10));
      case "dev.isobar.apis.platform.PlatformClusterStatus" ->
          values ->
              new PlatformClusterStatus(
                  at(values, 0),
                  at(values, 1),
                  at(values, 2),
                  at(values, 3),
                  at(values, 4),
                  at(values, 5),
                  at(values, 6),
                  at(values, 7),
                  at(values, 8),
                  at(values, 9),
                  at(values, 10),
                  at(values, 11));
      case "dev.isobar.apis.platform.PlatformClusterStatus$ControlPlaneState" ->
          values ->
              new PlatformClusterStatus.ControlPlaneState(
                  at(values, 0), at(values, 1), at(values, 2));
      case "dev.isobar.apis.platform.PlatformClusterStatus$KubeconfigRef" ->
          values ->
              new PlatformClusterStatus.KubeconfigRef(at(values, 0), at(values, 1), at(values, 2));
      case "dev.isobar.apis.platform.PodSecurity" ->
          values -> new PodSecurity(at(values, 0), at(values, 1), at(values, 2));
      case "dev.isobar.apis.platform.Pool" ->
          values ->
              new Pool(
                  at(values, 0),
                  at(values, 1),
                  at(values, 2),
                  at(values, 3),
                  at(values, 4),
                  at(values, 5),
                  at(values, 6),
                  at(values, 7),
                  at(values, 8),
                  at(values, 9),
                  at(values, 10),
                  at(values, 11),
                  at(values, 12),
                  at(values, 13),
                  at(values, 14),
                  at(values, 15));
      case "dev.isobar.apis.platform.PoolState" ->
          values ->
              new PoolState(
                  at(values, 0),
                  at(values, 1),
                  at(values, 2),
                  at(values, 3),
                  at(values, 4),
                  at(values, 5),
                  at(values, 6),
                  at(values, 7),
                  at(values, 8),
                  at(values, 9),
                  at(values, 10),
                  at(values, 11),
                  at(values, 12),
                  at(values, 13),
                  at(values, 14));
      case "dev.isobar.apis.platform.Prometheus" ->
          values -> new Prometheus(at(values, 0), at(values, 1), at(values, 2));
      case "dev.isobar.apis.platform.RegistryMirror" ->
          values -> new RegistryMirror(at(values, 0), at(values, 1), at(values, 2));
      case "dev.isobar.apis.platform.SecretKey" ->
          values -> new SecretKey(at(values, 0), at(values, 1));
      case "dev.isobar.apis.platform.Security" ->
          values -> new Security(at(values, 0), at(values, 1), at(values, 2));
      case "dev.isobar.apis.platform.SharedVolumes" ->
          values -> new SharedVolumes(at(values, 0), at(values, 1), at(values, 2));
      case "dev.isobar.apis.platform.SharedVolumes$Efs" ->
          values -> new SharedVolumes.Efs(at(values, 0));
      case "dev.isobar.apis.platform.SharedVolumes$Manila" ->
          values ->
              new SharedVolumes.Manila(at(values, 0), at(values, 1), at(values, 2), at(values, 3));
      case "dev.isobar.apis.platform.Taint" ->
          values -> new Taint(at(values, 0), at(values, 1), at(values, 2));
      case "dev.isobar.apis.platform.TrustedAuthority" ->
          values -> new TrustedAuthority(at(values, 0), at(values, 1));
      case "dev.isobar.apis.platform.Volumes" ->
          values -> new Volumes(at(values, 0), at(values, 1), at(values, 2));
      case "dev.isobar.apis.schema.Cidr" -> values -> new Cidr(at(values, 0));
      case "dev.isobar.apis.schema.Size" -> values -> new Size(at(values, 0));
      case "dev.isobar.apis.schema.Span" -> values -> new Span(at(values, 0));
      case "dev.isobar.apis.settings.Settings" ->
          values ->
              new Settings(
                  at(values, 0),
                  at(values, 1),
                  at(values, 2),
                  at(values, 3),
                  at(values, 4),
                  at(values, 5),
                  at(values, 6),
                  at(values, 7));
      case "dev.isobar.apis.settings.Settings$AutoscalerRelease" ->
          values -> new Settings.AutoscalerRelease(at(values, 0), at(values, 1));
      case "dev.isobar.apis.settings.Settings$AutoscalerSettings" ->
          values -> new Settings.AutoscalerSettings(at(values, 0), at(values, 1), at(values, 2));
      case "dev.isobar.apis.settings.Settings$ChartMirror" ->
          values -> new Settings.ChartMirror(at(values, 0), at(values, 1));
      case "dev.isobar.apis.settings.Settings$ChartOverride" ->
          values -> new Settings.ChartOverride(at(values, 0), at(values, 1), at(values, 2));
      case "dev.isobar.apis.settings.Settings$Defaults" ->
          values -> new Settings.Defaults(at(values, 0), at(values, 1), at(values, 2));
      case "dev.isobar.apis.settings.Settings$GpuOperatorSettings" ->
          values -> new Settings.GpuOperatorSettings(at(values, 0));
      case "dev.isobar.apis.workspace.Accelerator" ->
          values ->
              new Accelerator(
                  at(values, 0),
                  at(values, 1),
                  at(values, 2),
                  at(values, 3),
                  at(values, 4),
                  at(values, 5),
                  at(values, 6),
                  at(values, 7));
      case "dev.isobar.apis.workspace.Accelerator$PoolRef" ->
          values -> new Accelerator.PoolRef(at(values, 0));
      case "dev.isobar.apis.workspace.GpuWorkspace" ->
          values -> new GpuWorkspace(at(values, 0), at(values, 1));
      case "dev.isobar.apis.workspace.GpuWorkspaceSpec" ->
          values ->
              new GpuWorkspaceSpec(
                  at(values, 0),
                  at(values, 1),
                  at(values, 2),
                  at(values, 3),
                  at(values, 4),
                  at(values, 5));
      case "dev.isobar.apis.workspace.GpuWorkspaceSpec$ClusterRef" ->
          values -> new GpuWorkspaceSpec.ClusterRef(at(values, 0));
      case "dev.isobar.apis.workspace.GpuWorkspaceStatus" ->
          values ->
              new GpuWorkspaceStatus(
                  at(values, 0),
                  at(values, 1),
                  at(values, 2),
                  at(values, 3),
                  at(values, 4),
                  at(values, 5),
                  at(values, 6),
                  at(values, 7),
                  at(values, 8),
                  at(values, 9));
      case "dev.isobar.apis.workspace.GpuWorkspaceStatus$AcceleratorState" ->
          values ->
              new GpuWorkspaceStatus.AcceleratorState(
                  at(values, 0),
                  at(values, 1),
                  at(values, 2),
                  at(values, 3),
                  at(values, 4),
                  at(values, 5),
                  at(values, 6),
                  at(values, 7),
                  at(values, 8));
      case "dev.isobar.apis.workspace.GpuWorkspaceStatus$NodeKind" ->
          values ->
              new GpuWorkspaceStatus.NodeKind(
                  at(values, 0),
                  at(values, 1),
                  at(values, 2),
                  at(values, 3),
                  at(values, 4),
                  at(values, 5),
                  at(values, 6),
                  at(values, 7),
                  at(values, 8));
      case "dev.isobar.apis.workspace.GpuWorkspaceStatus$ServerState" ->
          values ->
              new GpuWorkspaceStatus.ServerState(
                  at(values, 0), at(values, 1), at(values, 2), at(values, 3), at(values, 4));
      case "dev.isobar.apis.workspace.HubGateway" ->
          values -> new HubGateway(at(values, 0), at(values, 1), at(values, 2));
      case "dev.isobar.apis.workspace.HubIngress" ->
          values -> new HubIngress(at(values, 0), at(values, 1), at(values, 2), at(values, 3));
      case "dev.isobar.apis.workspace.HubLogin" ->
          values -> new HubLogin(at(values, 0), at(values, 1), at(values, 2), at(values, 3));
      case "dev.isobar.apis.workspace.HubLogin$GitHubLogin" ->
          values -> new HubLogin.GitHubLogin(at(values, 0), at(values, 1), at(values, 2));
      case "dev.isobar.apis.workspace.HubLogin$LdapLogin" ->
          values ->
              new HubLogin.LdapLogin(
                  at(values, 0), at(values, 1), at(values, 2), at(values, 3), at(values, 4));
      case "dev.isobar.apis.workspace.HubLogin$LdapSearch" ->
          values ->
              new HubLogin.LdapSearch(at(values, 0), at(values, 1), at(values, 2), at(values, 3));
      case "dev.isobar.apis.workspace.HubLogin$OidcLogin" ->
          values ->
              new HubLogin.OidcLogin(
                  at(values, 0),
                  at(values, 1),
                  at(values, 2),
                  at(values, 3),
                  at(values, 4),
                  at(values, 5));
      case "dev.isobar.apis.workspace.HubLogin$TrialLogin" ->
          values -> new HubLogin.TrialLogin(at(values, 0));
      case "dev.isobar.apis.workspace.HubStorage" ->
          values ->
              new HubStorage(
                  at(values, 0), at(values, 1), at(values, 2), at(values, 3), at(values, 4));
      case "dev.isobar.apis.workspace.HubStorage$SharedVolume" ->
          values ->
              new HubStorage.SharedVolume(
                  at(values, 0), at(values, 1), at(values, 2), at(values, 3));
      case "dev.isobar.apis.workspace.HubUsers" ->
          values ->
              new HubUsers(
                  at(values, 0), at(values, 1), at(values, 2), at(values, 3), at(values, 4));
      case "dev.isobar.apis.workspace.IdleServers" ->
          values -> new IdleServers(at(values, 0), at(values, 1), at(values, 2));
      case "dev.isobar.apis.workspace.JupyterHub" ->
          values ->
              new JupyterHub(
                  at(values, 0),
                  at(values, 1),
                  at(values, 2),
                  at(values, 3),
                  at(values, 4),
                  at(values, 5),
                  at(values, 6),
                  at(values, 7),
                  at(values, 8));
      case "dev.isobar.apis.workspace.Member" ->
          values -> new Member(at(values, 0), at(values, 1), at(values, 2));
      case "dev.isobar.apis.workspace.QueueingScheduler" ->
          values -> new QueueingScheduler(at(values, 0), at(values, 1));
      case "dev.isobar.apis.workspace.QueueingScheduler$Kai" ->
          values -> new QueueingScheduler.Kai(at(values, 0));
      case "dev.isobar.apis.workspace.QueueingScheduler$Kueue" ->
          values -> new QueueingScheduler.Kueue(at(values, 0));
      case "dev.isobar.apis.workspace.ServerNetwork" ->
          values -> new ServerNetwork(at(values, 0), at(values, 1));
      case "dev.isobar.apis.workspace.ServerProfile" ->
          values ->
              new ServerProfile(
                  at(values, 0),
                  at(values, 1),
                  at(values, 2),
                  at(values, 3),
                  at(values, 4),
                  at(values, 5),
                  at(values, 6),
                  at(values, 7),
                  at(values, 8),
                  at(values, 9),
                  at(values, 10),
                  at(values, 11));
      case "dev.isobar.apis.workspace.WorkspaceQuota" ->
          values ->
              new WorkspaceQuota(
                  at(values, 0), at(values, 1), at(values, 2), at(values, 3), at(values, 4));
      default -> null;
    };
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // whoever decodes has checked
  private static <T> T at(Object[] values, int index) {
    return (T) values[index];
  }
}
