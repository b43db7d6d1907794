package dev.isobar.apis.infrastructure;

import dev.isobar.apis.compute.StatusCondition;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Key;
import java.util.List;
import java.util.Optional;

/** How a GPU machine is doing. */
@Doc("How the machine is doing.")
public record GpuMachineStatus(
    @Doc("What has been done once and for all.") Optional<Initialization> initialization,
    @Doc("Addresses of the machine.") List<Address> addresses,
    @Doc("Zone the machine is in.") Optional<String> failureDomain,
    @Doc("Machine type the machine has.") Optional<String> machineType,
    @Doc("Name of the Instance that is the machine.") Optional<String> instanceName,
    @Doc(
            "When the machine was first seen to run, in RFC 3339. From then on it is counted how"
                + " long its node takes to join.")
        Optional<String> runningSince,
    @Doc("Ready: the machine runs and its GPUs work as planned.") @Key("type")
        List<StatusCondition> conditions) {
  /** What has been done once and for all. */
  @Doc("What has been done once and for all.")
  public record Initialization(
      @Doc("Whether the machine has run.") Optional<Boolean> provisioned) {}

  /** An address. */
  @Doc("An address of the machine.")
  public record Address(
      @Doc("Hostname, InternalIP, ExternalIP, InternalDNS or ExternalDNS.") String type,
      @Doc("The address.") String address) {}
}
