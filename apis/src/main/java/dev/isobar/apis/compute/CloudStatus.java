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
    // Without a key: the API server would note the owner of every field of a thousand types.
    @Doc("Machine types of the cloud, each name once.") List<MachineType> machineTypes,
    @Doc("Machine images of the cloud by Kubernetes version.") List<Image> images,
    @Doc("Zones of the cloud.") @Items(max = 64) List<String> zones,
    @Doc("Quota of the project.") @Key("resource") List<Quota> quota,
    @Doc(
            "When this was last looked up and stored; a look that finds the same is stored once a"
                + " day.")
        Optional<String> discoveredAt,
    @Doc("How much the Cloud offers.") Optional<Counts> counts) {
  /** Nothing was looked at. */
  public static final CloudStatus NONE =
      new CloudStatus(
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          Optional.empty(),
          Optional.empty());

  /** How much the Cloud offers, what its operator lists included. */
  @Doc("How much the Cloud offers, what its operator lists included; for a person to read.")
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
      @Doc("How much was used when this was stored; at most an hour late.") long used) {}
}
