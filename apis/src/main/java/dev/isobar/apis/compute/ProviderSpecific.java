package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Fixed;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Length;
import java.util.Map;
import java.util.Optional;

/** What only one kind of cloud has. */
@Doc("What only one kind of cloud has.")
public record ProviderSpecific(
    @Doc("OpenStack's corner.") @Default("{}") OpenStackCorner openstack,
    @Doc("EC2's corner.") @Default("{}") Ec2Corner ec2) {
  /** OpenStack's corner. */
  @Doc("What only OpenStack has.")
  public record OpenStackCorner(
      @Doc("Further hints for the scheduler, such as different_host. Given once.")
          @Fixed(instead = InstanceParameters.INSTEAD)
          @Items(max = 16)
          @Default("{}")
          Map<String, String> schedulerHints,
      @Doc("Metadata of the server besides the tags. Can be changed.")
          @Items(max = 40)
          @Default("{}")
          Map<String, String> metadata) {}

  /** EC2's corner. */
  @Doc("What only EC2 has.")
  public record Ec2Corner(
      @Doc("Name of the instance profile, which gives the machine a role.")
          @Fixed(instead = InstanceParameters.INSTEAD)
          @Length(min = 1, max = 128)
          Optional<String> instanceProfile,
      @Doc("Whether detailed monitoring is on. Can be changed.") @Default("false")
          boolean detailedMonitoring) {}
}
