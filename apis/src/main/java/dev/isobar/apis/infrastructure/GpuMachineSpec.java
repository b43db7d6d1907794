package dev.isobar.apis.infrastructure;

import dev.isobar.apis.compute.CapacityChoice;
import dev.isobar.apis.compute.CloudObject;
import dev.isobar.apis.compute.ProviderConfigRef;
import dev.isobar.apis.platform.DataDisk;
import dev.isobar.apis.platform.Disk;
import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Distinct;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Key;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Max;
import dev.isobar.apis.schema.Min;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a GPU machine shall be, on any cloud. */
@Doc("What the machine shall be.")
public record GpuMachineSpec(
    @Doc("Id of the machine as its node spells it; written by provider-isobar.")
        @Length(min = 1, max = 512)
        Optional<String> providerID,
    @Doc("ProviderConfig with the cloud's credentials.") ProviderConfigRef providerConfigRef,
    @Doc("Machine types, tried in this order.") @Distinct @Items(min = 1, max = 8)
        List<String> machineTypes,
    @Doc(
            "Machine image. A name means the one active image of that name that the project sees,"
                + " whosever it is; on EC2 that the account owns.")
        CloudObject image,
    @Doc("Root disk; the machine type's own when left out.") Optional<Disk> rootDisk,
    @Doc("Additional disks.") @Key("name") @Items(max = 8) @Default("[]") List<DataDisk> disks,
    @Doc(
            "Whether the disks above are encrypted with the account's key (EC2); as account and"
                + " image have it when left out.")
        Optional<Boolean> encryptedDisks,
    @Doc("Zones, tried in this order; the cloud's choice when empty.")
        @Distinct
        @Items(max = 16)
        @Default("[]")
        List<String> zones,
    @Doc("Name of the SSH key.") @Length(min = 1, max = 255) Optional<String> sshKey,
    @Doc("Name of an existing server group (OpenStack) or placement group (EC2).")
        @Length(min = 1, max = 255)
        Optional<String> placementGroup,
    @Doc("How the machine is paid for (EC2); by use when left out.")
        Optional<CapacityChoice> capacity,
    @Doc("Name of the instance profile (EC2).") @Length(min = 1, max = 128)
        Optional<String> instanceProfile,
    @Doc("Tags of the machine.") @Items(max = 40) @Default("{}") Map<String, String> tags,
    @Doc(
            "What the node must offer before the machine counts as ready, by name of an extended"
                + " resource of any vendor: nvidia.com/mig-1g.10gb: 14.")
        @Items(max = 32)
        @Min(0)
        @Max(4096)
        @Default("{}")
        Map<String, Integer> expectedResources) {}
