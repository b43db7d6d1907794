package dev.isobar.provider.ec2;

import dev.isobar.apis.compute.Architecture;
import dev.isobar.apis.compute.InstanceObservation.GpusInUse;
import dev.isobar.apis.compute.InstanceObservation.TypeInUse;
import dev.isobar.apis.compute.MachineType;
import dev.isobar.apis.compute.MachineType.GpuFacts;
import dev.isobar.apis.compute.MachineType.Vendor;
import dev.isobar.apis.compute.MachineTypeChoice.GpuNeed;
import dev.isobar.apis.compute.MachineTypeChoice.Requirements;
import dev.isobar.apis.schema.Size;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.GpuDeviceInfo;
import software.amazon.awssdk.services.ec2.model.InstanceTypeHypervisor;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.ec2.model.NetworkInfo;

/**
 * What is kept of an instance type; the SDK's own object is fifty times as large.
 *
 * @param ordinary neither a bare machine nor one with accelerators that are no GPUs
 * @param cards network cards
 * @param efas fabric interfaces it can have in all
 */
record TypeFacts(
    String name,
    int cpu,
    long mebibytes,
    Set<Architecture> architectures,
    Optional<Gpus> gpus,
    boolean ordinary,
    Generation generation,
    int cards,
    int efas) {
  /** How old a type is; EC2 calls types not current that are used everywhere, such as g5. */
  enum Generation {
    CURRENT,
    /** Not current, but of the hypervisor that all current ones have. */
    EARLIER,
    OLD
  }

  /** What kubeadm asks for at least: kubernetes.io, Installing kubeadm. */
  private static final int LEAST_CPUS = 2;

  private static final int LEAST_MEBIBYTES = 2048;

  private static final Comparator<TypeFacts> SMALLEST_FIRST =
      Comparator.<TypeFacts>comparingInt(type -> type.gpus().map(Gpus::count).orElse(0))
          .thenComparingLong(TypeFacts::mebibytes)
          .thenComparingInt(TypeFacts::cpu)
          .thenComparing(TypeFacts::name);

  /**
   * The GPUs of a type.
   *
   * @param mebibytes of one, or of the share of one
   * @param partition the share when it is not a whole one, such as 1/8
   */
  record Gpus(boolean nvidia, String model, int count, int mebibytes, Optional<String> partition) {}

  /** The smaller first. */
  static Comparator<TypeFacts> smallestFirst() {
    return SMALLEST_FIRST;
  }

  /** What is worth keeping of what EC2 says. */
  static TypeFacts of(InstanceTypeInfo type) {
    NetworkInfo network = type.networkInfo();
    boolean fabric = network != null && Boolean.TRUE.equals(network.efaSupported());
    boolean efaCounted = fabric && network.efaInfo() != null;
    boolean bare = Boolean.TRUE.equals(type.bareMetal());
    boolean accelerated =
        type.fpgaInfo() != null
            || type.inferenceAcceleratorInfo() != null
            || type.neuronInfo() != null
            || type.mediaAcceleratorInfo() != null;
    return new TypeFacts(
        type.instanceTypeAsString(),
        type.vCpuInfo() == null ? 0 : type.vCpuInfo().defaultVCpus(),
        type.memoryInfo() == null ? 0 : type.memoryInfo().sizeInMiB(),
        architectures(type),
        gpus(type),
        !bare && !accelerated,
        Boolean.TRUE.equals(type.currentGeneration())
            ? Generation.CURRENT
            : type.hypervisor() == InstanceTypeHypervisor.NITRO
                ? Generation.EARLIER
                : Generation.OLD,
        network == null || network.maximumNetworkCards() == null
            ? 1
            : network.maximumNetworkCards(),
        efaCounted ? network.efaInfo().maximumEfaInterfaces() : fabric ? 1 : 0);
  }

  private static Set<Architecture> architectures(InstanceTypeInfo type) {
    Set<Architecture> found = EnumSet.noneOf(Architecture.class);
    if (type.processorInfo() != null) {
      for (String name : type.processorInfo().supportedArchitecturesAsStrings()) {
        architecture(name).ifPresent(found::add);
      }
    }
    return found;
  }

  /** The architecture EC2 calls by this name; those of Macs and of 32 bits are none of ours. */
  static Optional<Architecture> architecture(String name) {
    return switch (name) {
      case "x86_64" -> Optional.of(Architecture.amd64);
      case "arm64" -> Optional.of(Architecture.arm64);
      default -> Optional.empty();
    };
  }

  private static Optional<Gpus> gpus(InstanceTypeInfo type) {
    if (type.gpuInfo() == null || type.gpuInfo().gpus().isEmpty()) {
      return Optional.empty();
    }
    GpuDeviceInfo gpu = type.gpuInfo().gpus().getFirst();
    int memory = gpu.memoryInfo() == null ? 0 : gpu.memoryInfo().sizeInMiB();
    Double share = gpu.gpuPartitionSize();
    boolean parted = share != null && share > 0 && share < 1;
    int whole = gpu.count() == null ? 0 : gpu.count();
    int logical = gpu.logicalGpuCount() == null ? whole : gpu.logicalGpuCount();
    return Optional.of(
        new Gpus(
            "NVIDIA".equalsIgnoreCase(gpu.manufacturer()),
            GpuNaming.model(gpu.name(), parted ? memory / share : memory),
            parted ? logical : Math.max(whole, logical),
            memory,
            parted ? Optional.of("1/" + Math.round(1 / share)) : Optional.empty()));
  }

  /**
   * Whether nodes of Kubernetes can be made of it: it is ordinary, not old unless it has GPUs, has
   * what kubeadm asks for, and no GPUs but NVIDIA's.
   */
  boolean runsNodes() {
    return ordinary
        && (generation != Generation.OLD || gpus.isPresent())
        && cpu >= LEAST_CPUS
        && mebibytes >= LEAST_MEBIBYTES
        && !architectures.isEmpty()
        && gpus.filter(have -> !have.nvidia()).isEmpty();
  }

  /**
   * For a Cloud. Disks come with the machine, not with its type.
   *
   * @param zones that have it; empty when all do
   */
  MachineType machineType(List<String> zones) {
    return new MachineType(
        name,
        Optional.of(cpu),
        Optional.of(new Size(mebibytes + "Mi").canonical()),
        Optional.empty(),
        architectures.contains(Architecture.amd64)
            ? Optional.of(Architecture.amd64)
            : architectures.stream().findFirst(),
        gpus.map(TypeFacts::gpuFacts),
        Optional.empty(),
        zones);
  }

  private static GpuFacts gpuFacts(Gpus gpus) {
    return new GpuFacts(
        Vendor.NVIDIA,
        gpus.model(),
        gpus.count(),
        Optional.of(new Size(gpus.mebibytes() + "Mi").canonical()),
        gpus.partition());
  }

  /** Whether it is current and has what is needed. A share of a GPU is not one. */
  boolean fits(Requirements need) {
    return ordinary
        && generation == Generation.CURRENT
        && need.cpu().filter(least -> cpu < least).isEmpty()
        && need.memory().filter(least -> mebibytes << 20 < least.bytes()).isEmpty()
        && need.architecture().filter(one -> !architectures.contains(one)).isEmpty()
        && need.gpu().map(this::fits).orElse(gpus.isEmpty());
  }

  private boolean fits(GpuNeed need) {
    return gpus.filter(have ->
            have.nvidia()
                && have.partition().isEmpty()
                && have.count() == need.count()
                && need.model().filter(model -> !model.equals(have.model())).isEmpty()
                && need.minMemory()
                    .filter(least -> ((long) have.mebibytes()) << 20 < least.bytes())
                    .isEmpty())
        .isPresent();
  }

  /** For a status. */
  TypeInUse inUse() {
    return new TypeInUse(
        name,
        Optional.of(cpu),
        Optional.of(new Size(mebibytes + "Mi")),
        architectures.size() == 1
            ? Optional.of(architectures.iterator().next())
            : Optional.empty());
  }

  /** For a status. */
  Optional<GpusInUse> gpusInUse() {
    return gpus.map(have ->
        new GpusInUse(
            have.model(),
            have.count(),
            Optional.of(new Size(have.mebibytes() + "Mi")),
            have.partition()));
  }
}
