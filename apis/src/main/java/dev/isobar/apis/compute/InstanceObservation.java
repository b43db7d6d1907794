package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Size;
import java.util.List;
import java.util.Optional;

/** A machine as its cloud shows it. */
@Doc("The machine as the cloud shows it.")
public record InstanceObservation(
    @Doc("Its id in the cloud, which is also the external name.") String id,
    @Doc(
            "Pending: it is being made. Running, Stopped: it is on, off. Stopping, Terminating: it"
                + " is on the way there. Error: the cloud gave up on it. Unknown: a state this"
                + " version does not know.")
        State state,
    @Doc("Its state in the cloud's own word, such as ACTIVE or running.") String rawState,
    @Doc("What is wrong with it, in the cloud's own words.") Optional<String> fault,
    @Doc("Its id as a Kubernetes node spells it: openstack://..., aws:///...")
        Optional<String> providerID,
    @Doc("The zone it is in.") Optional<String> zone,
    @Doc("The machine type it has.") Optional<TypeInUse> machineType,
    @Doc("Its GPUs.") Optional<GpusInUse> gpus,
    @Doc("Its addresses, the primary interface's first.") List<MachineAddress> addresses,
    @Doc("Ids of its volumes.") List<String> volumes,
    @Doc("Id of the image it was made from.") Optional<String> image,
    @Doc("When it was made, in RFC 3339.") Optional<String> createdAt,
    @Doc("Whether the cloud may take it away (Spot).") boolean interruptible,
    @Doc("What differs from the spec, and whether the provider can mend it.")
        List<Deviation> deviations) {
  /** What a machine is doing; spelled as in the API. */
  public enum State {
    Pending,
    Running,
    Stopping,
    Stopped,
    Terminating,
    Error,
    Unknown
  }

  /** The machine type a machine has. */
  @Doc("The machine type it has.")
  public record TypeInUse(
      @Doc("Its name.") String name,
      @Doc("Number of (virtual) CPUs.") Optional<Integer> cpu,
      @Doc("Memory.") Optional<Size> memory,
      @Doc("Processor architecture: amd64 or arm64.") Optional<Architecture> architecture) {}

  /** The GPUs a machine has. */
  @Doc("The GPUs it has.")
  public record GpusInUse(
      @Doc("Model as FAMILY-MEMORY.") String model,
      @Doc("How many.") int count,
      @Doc("Memory of one.") Optional<Size> memory,
      @Doc("The share of a GPU when it is not a whole one, such as 1/8.")
          Optional<String> partition) {}

  /** An address. */
  @Doc("An address of the machine.")
  public record MachineAddress(
      @Doc("Hostname, InternalIP, ExternalIP, InternalDNS or ExternalDNS.") String type,
      @Doc("The address.") String address) {}

  /** Where a machine is not as its spec says. */
  @Doc("Where the machine is not as its spec says.")
  public record Deviation(
      @Doc("Path of the field.") String field,
      @Doc("What the spec says.") String wanted,
      @Doc("What is.") String found,
      @Doc("Whether the provider mends it; otherwise a new Instance is needed.")
          boolean correctable) {}
}
