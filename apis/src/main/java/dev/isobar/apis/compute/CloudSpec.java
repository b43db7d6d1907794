package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Distinct;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Fixed;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Key;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import java.util.List;
import java.util.Optional;

/** Where a cloud is and what its operator says of it. */
@Doc("Where the cloud is, and what the platform team says of it.")
public record CloudSpec(
    @Doc("Kind of cloud: OpenStack or EC2.") @Fixed(instead = "make a new Cloud") Provider provider,
    @Doc("Region, as the cloud spells it.")
        @Fixed(instead = "make a new Cloud")
        @Length(min = 1, max = 63)
        @Matches(
            value = "[A-Za-z0-9]([A-Za-z0-9 ._:/@+()-]*[A-Za-z0-9._:/@+()-])?",
            says = "a region's name, without quotes or blanks at its ends, such as RegionOne")
        String region,
    @Doc("Namespaces whose claims may use the cloud, by their labels; all when left out.")
        Optional<LabelSelector> allowedNamespaces,
    @Doc(
            "ProviderConfig of provider-isobar that holds the credentials for GPU machines and"
                + " discovery.")
        Optional<ProviderConfigRef> providerConfigRef,
    @Doc("What Cluster API needs to know of the cloud.") ClusterApi clusterApi,
    @Doc(
            "Credentials with few rights that are copied into clusters, for the cloud controller"
                + " and volumes.")
        Optional<WorkloadCredentials> workloadCredentials,
    @Doc("Networks of the cloud.") @Default("{}") CloudNetwork network,
    @Doc("Name of the SSH key that nodes get; none when left out.") @Length(min = 1, max = 255)
        Optional<String> sshKey,
    @Doc("Zones that clusters may use; those that were discovered when empty.")
        @Distinct
        @Items(max = 16)
        @Default("[]")
        List<String> zones,
    @Doc(
            "Machine images by Kubernetes version; they come before discovered ones, and of two for"
                + " the same machines the first counts.")
        @Items(max = 200)
        @Default("[]")
        List<Image> images,
    @Doc("Machine types: what discovery cannot know, or overrides of what it found.")
        @Key("name")
        @Items(max = 400)
        @Default("[]")
        List<MachineType> machineTypes,
    @Doc(
            "GPU products that are not known, or are divided differently here; they come before"
                + " known ones of the same name.")
        @Key("name")
        @Items(max = 32)
        @Default("[]")
        List<GpuProduct> gpuModels,
    @Doc("What discovery cannot know by itself.") @Default("{}") DiscoveryTerms discovery) {
  /** The kinds of cloud; spelled as in the API. */
  public enum Provider {
    OpenStack,
    EC2
  }
}
