package dev.isobar.function.compose.plan;

import dev.isobar.apis.compute.MachineType.GpuFacts;
import dev.isobar.apis.decode.Nearest;
import dev.isobar.apis.platform.ControlPlane;
import dev.isobar.apis.platform.Disk;
import dev.isobar.apis.platform.Pool;
import dev.isobar.apis.schema.Size;
import dev.isobar.function.compose.cloud.Catalogue;
import dev.isobar.function.compose.cloud.Machine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the machine types a claim names, and checks that they suit the place they are named in. */
final class MachineTypes {
  /** What kubeadm's preflight checks ask of a machine of the control plane. */
  private static final int LEAST_CPUS = 2;

  private static final Size LEAST_MEMORY = new Size("1700Mi");

  private final Catalogue cloud;
  private final Mistakes mistakes;

  MachineTypes(Catalogue cloud, Mistakes mistakes) {
    this.cloud = cloud;
    this.mistakes = mistakes;
  }

  Optional<Machine> controlPlane(ControlPlane controlPlane) {
    String path = "spec.controlPlane.machineType";
    if (controlPlane.machineType().isEmpty()) {
      mistakes.add(path, "is missing", "name a machine type of Cloud " + cloud.name());
      return Optional.empty();
    }
    Optional<Machine> machine = find(controlPlane.machineType().get(), path);
    machine.ifPresent(found -> checkDisk(found, controlPlane.rootDisk(), "spec.controlPlane"));
    return machine;
  }

  /** Whether kubeadm makes a control plane on machines of a type, as far as its size is known. */
  void checkControlPlane(Machine machine) {
    if (carriesControlPlane(machine)) {
      return;
    }
    List<String> has = new ArrayList<>();
    machine.cpu().ifPresent(cpu -> has.add(cpu + (cpu == 1 ? " CPU" : " CPUs")));
    machine.memory().ifPresent(memory -> has.add(memory.text() + " of memory"));
    mistakes.add(
        "spec.controlPlane.machineType",
        "machine type "
            + machine.name()
            + " has "
            + String.join(" and ", has)
            + ", and kubeadm makes no control plane on less than "
            + LEAST_CPUS
            + " CPUs and "
            + LEAST_MEMORY.text(),
        smallest(machine)
            .map(other -> "choose a larger one, for example " + other.name())
            .orElse("choose a larger one"));
  }

  private static boolean carriesControlPlane(Machine machine) {
    return machine.cpu().orElse(LEAST_CPUS) >= LEAST_CPUS
        && machine.memory().orElse(LEAST_MEMORY).compareTo(LEAST_MEMORY) >= 0;
  }

  /** The smallest machine type that is known to carry a control plane in place of another. */
  private Optional<Machine> smallest(Machine instead) {
    return cloud.machineNames().stream()
        .map(cloud::machine)
        .flatMap(Optional::stream)
        .filter(one -> one.cpu().isPresent() && one.memory().isPresent() && one.gpu().isEmpty())
        .filter(one -> one.architecture() == instead.architecture() && carriesControlPlane(one))
        .min(
            Comparator.comparing((Machine one) -> one.cpu().orElseThrow())
                .thenComparing(one -> one.memory().orElseThrow()));
  }

  /** The machine type of a pool and its fall-backs. */
  Optional<List<Machine>> pool(Pool pool, String path) {
    List<Machine> machines = new ArrayList<>();
    List<String> names = pool.machineTypes().orElseGet(() -> pool.machineType().stream().toList());
    boolean all = true;
    for (int i = 0; i < names.size(); i++) {
      String place =
          pool.machineType().isPresent()
              ? path + ".machineType"
              : path + ".machineTypes[" + i + "]";
      Optional<Machine> machine = find(names.get(i), place);
      machine.ifPresent(machines::add);
      machine.ifPresent(found -> checkDisk(found, pool.rootDisk(), path));
      machine.ifPresent(found -> checkZones(found, pool, place));
      all = all && machine.isPresent();
    }
    if (!all) {
      return Optional.empty();
    }
    checkFallbacks(machines, path);
    checkGpu(machines.getFirst(), pool, path);
    machines.forEach(machine -> checkShare(machine, pool, path));
    checkCapacity(machines, pool, path);
    return Optional.of(machines);
  }

  private Optional<Machine> find(String name, String path) {
    Optional<Machine> machine = cloud.machine(name);
    if (machine.isEmpty()) {
      mistakes.add(
          path,
          "Cloud " + cloud.name() + " has no machine type \"" + name + "\"",
          cloud.machineNames().isEmpty()
              ? "the platform team must list machine types in spec.machineTypes of the Cloud, or"
                  + " let them be discovered"
              : Nearest.remedy(name, cloud.machineNames(), "there are"));
    }
    return machine;
  }

  private void checkDisk(Machine machine, Optional<Disk> rootDisk, String path) {
    boolean without = machine.disk().filter(disk -> disk.bytes() == 0).isPresent();
    if (without && rootDisk.isEmpty()) {
      mistakes.add(
          path + ".rootDisk",
          "is missing, and machine type " + machine.name() + " brings no disk of its own",
          "set it, for example to {size: 50Gi}");
    }
    rootDisk.ifPresent(
        disk -> DiskChecks.checkSize(disk.size(), path + ".rootDisk.size", mistakes));
  }

  private void checkZones(Machine machine, Pool pool, String path) {
    for (String zone : pool.zones()) {
      if (!machine.zones().isEmpty() && !machine.zones().contains(zone)) {
        mistakes.add(
            path,
            "machine type " + machine.name() + " does not exist in zone " + zone,
            "it exists in " + String.join(", ", machine.zones()));
      }
    }
  }

  /**
   * Fall-backs must be interchangeable to pods: equal architecture, and GPUs, whose number, share
   * and model the plan of the GPUs compares.
   */
  private void checkFallbacks(List<Machine> machines, String path) {
    Machine first = machines.getFirst();
    for (int i = 1; i < machines.size(); i++) {
      Machine other = machines.get(i);
      String place = path + ".machineTypes[" + i + "]";
      if (first.gpu().isEmpty()) {
        mistakes.add(
            place,
            "only GPU pools may have fall-backs",
            "name one type in machineType, or make two pools");
      } else if (other.architecture() != first.architecture()) {
        mistakes.add(
            place,
            other.name()
                + " is "
                + other.architecture()
                + " and "
                + first.name()
                + " is "
                + first.architecture(),
            "fall-backs must have the same architecture; make a pool of its own for it");
      } else if (other.gpu().isEmpty()) {
        mistakes.add(
            place,
            other.name() + " has no GPU and " + first.name() + " has " + words(first.gpu()),
            "fall-backs must have the same GPUs; make a pool of its own for it");
      }
    }
  }

  private static String words(Optional<GpuFacts> gpu) {
    return gpu.map(facts -> facts.count() + " x " + facts.model()).orElse("no GPU");
  }

  private void checkGpu(Machine machine, Pool pool, String path) {
    if (machine.gpu().isPresent() && pool.gpu().isEmpty()) {
      mistakes.add(
          path + ".gpu",
          "is missing, and machine type " + machine.name() + " has " + words(machine.gpu()),
          "say how the GPUs are offered: gpu: {partitioning: {none: {}}} for whole GPUs");
    }
    if (machine.gpu().isEmpty() && pool.gpu().isPresent()) {
      mistakes.add(
          path + ".gpu",
          "machine type "
              + machine.name()
              + " has no GPU as far as Cloud "
              + cloud.name()
              + " says",
          "remove it, choose a machine type with GPUs, or have the platform team set gpu of the"
              + " machine type in the Cloud");
    }
  }

  private void checkShare(Machine machine, Pool pool, String path) {
    Optional<String> share = machine.gpu().flatMap(GpuFacts::partition);
    if (share.isPresent() && pool.gpu().flatMap(gpu -> gpu.partitioning().mig()).isPresent()) {
      mistakes.add(
          path + ".gpu.partitioning.mig",
          "machine type "
              + machine.name()
              + " has "
              + share.get()
              + " of a GPU, and MIG divides whole ones alone",
          "set partitioning to none: {}, or choose a machine type with whole GPUs");
    }
  }

  /** The autoscaler cannot scale from zero without knowing what a node would offer. */
  private void checkCapacity(List<Machine> machines, Pool pool, String path) {
    for (Machine machine : machines) {
      boolean known = machine.cpu().isPresent() && machine.memory().isPresent();
      if (pool.autoscale().isPresent() && !known) {
        mistakes.add(
            path + ".autoscale",
            "cpu and memory of machine type "
                + machine.name()
                + " are not known, so it cannot be autoscaled",
            "the platform team must set both in spec.machineTypes of Cloud " + cloud.name());
      }
    }
  }
}
