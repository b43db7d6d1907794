package dev.isobar.apis.infrastructure;

import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Fixed;
import dev.isobar.apis.schema.Items;
import java.util.Map;
import java.util.Optional;

/** What Cluster API clones GPU machines from. */
@Doc(
    "A template of GPU machines (InfraMachineTemplate contract v1beta2). It never changes: a new"
        + " one is made instead.")
public record GpuMachineTemplate(GpuMachineTemplate.Spec spec, GpuMachineTemplate.Status status) {
  /** Holder of the template. */
  @Doc("Holder of the template.")
  public record Spec(
      @Doc("The template.") @Fixed(instead = "make a new GpuMachineTemplate and refer to that")
          Template template) {}

  /** The template. */
  @Doc("The template.")
  public record Template(
      @Doc("Labels and annotations of the machines.") Optional<Metadata> metadata,
      @Doc("What each machine shall be.") GpuMachineSpec spec) {}

  /** Labels and annotations. */
  @Doc("Labels and annotations.")
  public record Metadata(
      @Doc("Labels.") @Items(max = 64) Optional<Map<String, String>> labels,
      @Doc("Annotations.") @Items(max = 64) Optional<Map<String, String>> annotations) {}

  /** What the autoscaler needs to know to scale from zero. */
  @Doc("What one machine will offer, for scaling from zero.")
  public record Status(
      @Doc(
              "The expected resources: nvidia.com/mig-1g.10gb: 14. Processors and memory stand in"
                  + " annotations of the MachineDeployment, without which the autoscaler begins"
                  + " none.")
          Map<String, String> capacity,
      @Doc("Architecture and operating system.") Optional<NodeFacts> nodeInfo) {}

  /** Architecture and operating system. */
  @Doc("Architecture and operating system of the nodes.")
  public record NodeFacts(
      @Doc("amd64 or arm64.") Optional<String> architecture,
      @Doc("linux.") Optional<String> operatingSystem) {}
}
