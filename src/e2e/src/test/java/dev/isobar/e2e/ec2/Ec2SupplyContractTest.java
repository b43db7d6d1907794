package dev.isobar.e2e.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.MachineType;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Supply;
import dev.isobar.provider.external.SupplyContract;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What an account may have, as moto tells it, where policies count. */
@ResourceLock(Alone.EC2)
final class Ec2SupplyContractTest extends SupplyContract {
  private static final String[] RIGHTS = {
    "ec2:DescribeInstanceTypes",
    "ec2:DescribeInstanceTypeOfferings",
    "ec2:DescribeImages",
    "ec2:DescribeAvailabilityZones",
    "ec2:DescribeAccountAttributes",
    "ec2:DescribeAddresses"
  };

  private static final StandInEc2 CLOUD = StandInEc2.own();
  private static Supply supply;

  @BeforeAll
  static void prepare() {
    String image = CLOUD.image("capa-ami-ubuntu-24.04-v1.35.2-1760000000");
    assertThat(image).isNotEmpty();
    StandInIam.Keys keys = new StandInIam(CLOUD.server().address()).user("discovery", RIGHTS);
    CLOUD.server().enforcePolicies();
    supply = CLOUD.machines(keys.id(), keys.secret(), Optional.empty()).supply();
  }

  @AfterAll
  static void end() {
    CLOUD.server().close();
  }

  @Override
  protected Supply supply() {
    return supply;
  }

  @Override
  protected Supply refused() {
    return CLOUD.machines("AKIAIOSFODNN7EXAMPLE", "wrong", Optional.empty()).supply();
  }

  @Override
  protected String machineType() {
    return "m5.large";
  }

  @Override
  protected String gpuType() {
    return "p4d.24xlarge";
  }

  @Override
  protected String image() {
    return "capa-ami-ubuntu-24.04-v1.35.2-1760000000";
  }

  @Test
  void gpusAreThoseOfEc2() {
    Map<String, String> gpus = new TreeMap<>();
    if (!(supply.machineTypes(List.of())
        instanceof Response.Answered<List<MachineType>>(var types))) {
      throw new AssertionError("no machine types");
    }
    types.forEach(type ->
        type.gpu()
            .ifPresent(gpu ->
                gpus.put(
                    type.name(),
                    gpu.count()
                        + " x "
                        + gpu.model()
                        + gpu.partition().map(share -> ", " + share).orElse(""))));
    assertThat(gpus)
        .containsEntry("p4d.24xlarge", "8 x A100-40GB")
        .containsEntry("p5.48xlarge", "8 x H100-80GB")
        .containsEntry("g5.xlarge", "1 x A10G-24GB")
        .containsEntry("g6.xlarge", "1 x L4-24GB")
        .containsEntry("g6f.large", "1 x L4-24GB, 1/8")
        .doesNotContainKey("g4ad.xlarge");
    assertThat(types.size()).as("types that fit into a Cloud").isBetween(300, 1200);
  }
}
