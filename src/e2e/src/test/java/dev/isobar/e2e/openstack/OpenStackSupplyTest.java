package dev.isobar.e2e.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.CloudStatus.Quota;
import dev.isobar.apis.compute.MachineType;
import dev.isobar.apis.compute.MachineType.GpuFacts;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Supply;
import dev.isobar.provider.external.Supply.Facility;
import dev.isobar.provider.external.SupplyContract;
import dev.isobar.provider.openstack.OpenStackAccess;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What the real services say the project may have. */
@ResourceLock(Alone.OPENSTACK)
@OnOpenStack
final class OpenStackSupplyTest extends SupplyContract {
  private final Supply supply = Lab.machines().supply();

  @Override
  protected Supply supply() {
    return supply;
  }

  @Override
  protected Supply refused() {
    return Lab.machines(
            Lab.cloud().cloudsYaml().replace("password: lab", "password: wrong"),
            Map.of(),
            new OpenStackAccess(InstantSource.system()))
        .supply();
  }

  @Override
  protected String machineType() {
    return "m1.large";
  }

  @Override
  protected String gpuType() {
    return "g8.h100";
  }

  @Override
  protected String image() {
    return "tiny";
  }

  private static <T> T answered(Response<T> answer) {
    return switch (answer) {
      case Response.Answered<T>(var value) -> value;
      case Response.Failed<T>(var failure) -> throw new AssertionError(failure);
    };
  }

  @Test
  void flavorsSayWhatTheyAre() {
    Map<String, String> types = new TreeMap<>();
    for (MachineType type : answered(supply.machineTypes(List.of()))) {
      types.put(
          type.name(),
          "%d/%s/%s/%s"
              .formatted(
                  type.cpu().orElse(0),
                  type.memory().map(size -> size.text()).orElse(""),
                  type.disk().map(size -> size.text()).orElse(""),
                  type.gpu().map(OpenStackSupplyTest::words).orElse("none")));
    }
    assertThat(types)
        .containsEntry("m1.tiny", "1/512Mi/1Gi/none")
        .containsEntry("m1.large", "8/16Gi/40Gi/none")
        .containsEntry("g1.vgpu", "8/64Gi/100Gi/1 x GPU")
        .containsEntry("g8.h100", "32/256Gi/400Gi/8 x H100-80GB");
  }

  private static String words(GpuFacts gpu) {
    return gpu.count() + " x " + gpu.model();
  }

  @Test
  void theProjectsZoneIsNova() {
    assertThat(answered(supply.zones())).containsExactly("nova");
  }

  @Test
  void membersMaySeeTheirLimits() {
    assertThat(limits(Facility.MACHINES))
        .containsEntry("cores", 512L)
        .containsEntry("instances", 60L)
        .containsEntry("memoryMiB", 4L << 20);
    assertThat(limits(Facility.NETWORKS))
        .containsOnlyKeys(
            "floatingIPs", "networks", "ports", "routers", "securityGroups", "subnets");
    assertThat(limits(Facility.VOLUMES)).as("there is no Cinder").isEmpty();
  }

  private Map<String, Long> limits(Facility facility) {
    Map<String, Long> limits = new TreeMap<>();
    for (Quota one : answered(supply.quota(facility))) {
      limits.put(one.resource(), one.limit());
    }
    return limits;
  }
}
