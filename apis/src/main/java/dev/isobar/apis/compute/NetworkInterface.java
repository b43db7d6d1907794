package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Distinct;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Fixed;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import java.util.List;
import java.util.Optional;

/** A network interface of a machine. */
@Doc("A network interface.")
public record NetworkInterface(
    @Doc("Its name within the machine.")
        @Matches(
            value = "[a-z]([a-z0-9-]{0,18}[a-z0-9])?",
            says = "lower-case letters, digits and dashes, at most 20")
        String name,
    @Doc("Network (OpenStack); that of the subnet when left out.")
        @Fixed(instead = InstanceParameters.INSTEAD)
        Optional<CloudObject> network,
    @Doc("Subnet; on EC2 its zone must be among zones. The cloud's choice when left out.")
        @Fixed(instead = InstanceParameters.INSTEAD)
        Optional<CloudObject> subnet,
    @Doc("Fixed address within the subnet; the cloud's choice when left out.")
        @Fixed(instead = InstanceParameters.INSTEAD)
        @Length(min = 2, max = 45)
        Optional<String> address,
    @Doc("Security groups; the cloud's default group when empty. Can be changed.")
        @Items(max = 16)
        @Default("[]")
        List<CloudObject> securityGroups,
    @Doc("Public address; none when left out.") @Fixed(instead = InstanceParameters.INSTEAD)
        Optional<PublicAddress> publicAddress,
    @Doc(
            "How fast it talks. None: as usual. SRIOV: with the network card directly (OpenStack"
                + " vnic_type direct, EC2 enhanced networking). RDMA: with remote access to memory"
                + " (OpenStack direct and trusted, EC2 Elastic Fabric Adapter).")
        @Default("\"None\"")
        @Fixed(instead = InstanceParameters.INSTEAD)
        Acceleration acceleration,
    @Doc(
            "Ids of subnets in other zones (EC2), for a machine that may be in several: of these"
                + " and subnet, the one in the zone that is asked for is taken.")
        @Fixed(instead = InstanceParameters.INSTEAD)
        @Distinct
        @Items(max = 15)
        @Length(min = 1, max = 64)
        @Default("[]")
        List<String> otherSubnets) {
  /** One that is in the same subnet whatever the zone. */
  public NetworkInterface(
      String name,
      Optional<CloudObject> network,
      Optional<CloudObject> subnet,
      Optional<String> address,
      List<CloudObject> securityGroups,
      Optional<PublicAddress> publicAddress,
      Acceleration acceleration) {
    this(name, network, subnet, address, securityGroups, publicAddress, acceleration, List.of());
  }

  /** Ways to talk faster; spelled as in the API. */
  public enum Acceleration {
    None,
    SRIOV,
    RDMA
  }

  /** A public address of an interface. */
  @Doc("A public address, made with the machine and released with it.")
  public record PublicAddress(
      @Doc(
              "External network it comes from (OpenStack), or pool of addresses (EC2); the only"
                  + " external network or the cloud's pool when left out.")
          Optional<CloudObject> pool) {}
}
