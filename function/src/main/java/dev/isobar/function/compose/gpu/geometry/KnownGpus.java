package dev.isobar.function.compose.gpu.geometry;

import dev.isobar.function.compose.gpu.geometry.GpuModel.Division;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The GPU products Isobar knows by name.
 *
 * <p>Profile names: NVIDIA's static mig-parted configuration
 * (assets/state-mig-manager/0400_configmap.yaml of gpu-operator,
 * deployments/systemd/config-default.yaml of mig-parted) and the MIG User Guide's supported
 * profiles. Marketing sizes that differ from it are aliases: B200-192GB, B300-270GB and B300-288GB,
 * GB300-288GB. GB200 has two entries, because its driver branches name the profiles by 186 or by
 * 189 GB; 185 is what EC2 counts of it.
 */
final class KnownGpus {
  /** How many programs an MPS server takes. */
  static final int MPS_CLIENTS = 48;

  private static final int MPS_CLIENTS_BEFORE_VOLTA = 16;
  private static final Pattern MEMORY = Pattern.compile(".*-([0-9]{1,4})GB");

  private KnownGpus() {}

  /** All of them, those that MIG divides first. */
  static List<GpuModel> all() {
    var models = new ArrayList<GpuModel>();
    addDivisible(models);
    add(models, new Division.Unsettled(), MPS_CLIENTS, "RTX-PRO-5000-48GB", "RTX-PRO-4500-32GB");
    var none = new Division.Indivisible();
    add(models, none, MPS_CLIENTS, "V100-16GB", "V100-32GB");
    add(
        models,
        none,
        MPS_CLIENTS,
        "T4-16GB",
        "T4G-16GB",
        "RTX-5000-16GB",
        "RTX-6000-24GB",
        "RTX-8000-48GB");
    add(models, none, MPS_CLIENTS, "A2-16GB", "A10-24GB", "A10G-24GB", "A16-16GB", "A40-48GB");
    add(models, none, MPS_CLIENTS, "RTX-A4000-16GB", "RTX-A5000-24GB", "RTX-A6000-48GB");
    add(models, none, MPS_CLIENTS, "L2-24GB", "L4-24GB", "L20-48GB", "L40-48GB", "L40S-48GB");
    add(models, none, MPS_CLIENTS, "RTX-4000-ADA-20GB", "RTX-5000-ADA-32GB", "RTX-6000-ADA-48GB");
    add(
        models,
        none,
        MPS_CLIENTS_BEFORE_VOLTA,
        "P4-8GB",
        "P40-24GB",
        "P100-12GB",
        "P100-16GB",
        "M60-8GB");
    return List.copyOf(models);
  }

  private static void addDivisible(List<GpuModel> models) {
    divisible(models, MigGeometry.l4(), "A30-24GB");
    divisible(models, MigGeometry.l7(5, 10, 10, 20, 20, 40), "A100-40GB");
    divisible(models, MigGeometry.l7(10, 20, 20, 40, 40, 80), "A100-80GB");
    divisible(models, MigGeometry.l7(5, 10, 10, 20, 20, 40), "A800-40GB");
    divisible(models, MigGeometry.l7(10, 20, 20, 40, 40, 80), "A800-80GB");
    divisible(models, MigGeometry.l7(12, 24, 24, 48, 48, 96), "PG506-96GB");
    divisible(models, MigGeometry.l7(10, 20, 20, 40, 40, 80), "H100-80GB");
    divisible(models, MigGeometry.l7(12, 24, 24, 47, 47, 94), "H100-94GB", "H100-NVL-94GB");
    divisible(models, MigGeometry.l7(12, 24, 24, 48, 48, 96), "H100-96GB");
    divisible(models, MigGeometry.l7(10, 20, 20, 40, 40, 80), "H800-80GB");
    divisible(models, MigGeometry.l7(12, 24, 24, 47, 47, 94), "H800-94GB", "H800-NVL-94GB");
    divisible(models, MigGeometry.l7(12, 24, 24, 48, 48, 96), "H20-96GB");
    divisible(models, MigGeometry.l7(12, 24, 24, 48, 48, 96), "GH200-96GB");
    divisible(models, MigGeometry.l7(18, 36, 36, 72, 72, 144), "GH200-144GB");
    divisible(models, MigGeometry.l7(18, 35, 35, 71, 71, 141), "H200-141GB", "H200-NVL-141GB");
    divisible(models, MigGeometry.l7(23, 45, 45, 90, 90, 180), "B200-180GB", "B200-192GB");
    divisible(models, MigGeometry.l7(23, 47, 47, 93, 93, 186), "GB200-186GB", "GB200-185GB");
    divisible(models, MigGeometry.l7(23, 47, 47, 95, 95, 189), "GB200-189GB");
    divisible(
        models,
        MigGeometry.l7(34, 67, 67, 135, 135, 269),
        "B300-269GB",
        "B300-270GB",
        "B300-288GB");
    divisible(models, MigGeometry.l7(35, 70, 70, 139, 139, 278), "GB300-278GB", "GB300-288GB");
    divisible(models, MigGeometry.l12(), "RTX-PRO-6000-96GB", "RTX-PRO-6000-BLACKWELL-96GB");
  }

  private static void divisible(
      List<GpuModel> models, MigGeometry geometry, String name, String... aliases) {
    var division = new Division.Divisible(geometry);
    models.add(new GpuModel(name, List.of(aliases), memory(name), division, MPS_CLIENTS));
  }

  private static void add(
      List<GpuModel> models, Division division, int mpsClients, String... names) {
    for (String name : names) {
      models.add(new GpuModel(name, List.of(), memory(name), division, mpsClients));
    }
  }

  /** The gigabytes in a model's name. */
  static Optional<Integer> memory(String name) {
    Matcher matcher = MEMORY.matcher(name);
    return matcher.matches() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
  }
}
