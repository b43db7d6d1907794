package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Key;
import java.util.List;
import java.util.Optional;

/** What discovery found. */
@Doc("What discovery found.")
public record CloudStatus(
    @Doc("Ready: whether the cloud answers and its credentials are accepted.") @Key("type")
        List<StatusCondition> conditions,
    @Doc("Machine types of the cloud.") @Key("name") List<MachineType> machineTypes,
    @Doc("Machine images of the cloud by Kubernetes version.") List<Image> images,
    @Doc("Zones of the cloud.") @Items(max = 64) List<String> zones,
    @Doc("Quota of the project.") @Key("resource") List<Quota> quota,
    @Doc("When discovery last succeeded.") Optional<String> discoveredAt,
    @Doc("How much was found.") Optional<Counts> counts) {
  /** How much discovery found. */
  @Doc("How much was found, for a person to read.")
  public record Counts(
      @Doc("Machine types.") int machineTypes,
      @Doc("Machine types with GPUs.") int gpuTypes,
      @Doc("Images.") int images) {}

  /** A limit of the project. */
  @Doc("A limit of the project.")
  public record Quota(
      @Doc("What is limited: cores, memoryMiB, instances, volumes, gigabytes, floatingIPs ...")
          String resource,
      @Doc("The limit; -1 when there is none.") long limit,
      @Doc("How much is used.") long used) {}
}
