package dev.isobar.provider.clusterapi;

import dev.isobar.apis.compute.CloudObject;
import dev.isobar.apis.compute.NetworkInterface;
import dev.isobar.apis.compute.NetworkInterface.Acceleration;
import dev.isobar.apis.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where machines of a cluster belong: what the cloud's provider for Cluster API says of the network
 * and the security groups of nodes.
 *
 * @param interfaces one, or none where the provider says nothing
 * @param zones those that the interface is for; any when empty
 */
public record Surroundings(List<NetworkInterface> interfaces, List<String> zones) {
  private static final Surroundings ANYWHERE = new Surroundings(List.of(), List.of());

  /** How Cluster API's AWS provider marks subnets whose addresses are for pods. */
  private static final String ASSOCIATION = "sigs.k8s.io/cluster-api-provider-aws/association";

  /** Zones beside those of the region, in which machines are only by name. */
  private static final Set<String> EDGES = Set.of("local-zone", "wavelength-zone");

  /** What came of looking. */
  public sealed interface Look {
    /** There they are. */
    record Found(Surroundings surroundings) implements Look {}

    /**
     * Not yet.
     *
     * @param what is missing, in words
     */
    record Missing(String what) implements Look {}
  }

  /** Of an OpenStackCluster, v1beta1 and v1beta2 alike. */
  public static Look ofOpenStack(Tree cluster) {
    Tree network = cluster.at("status", "network");
    Optional<String> id = network.at("id").text();
    if (id.isEmpty()) {
      return new Look.Missing("status.network of the OpenStackCluster");
    }
    List<String> subnet =
        network.at("subnets").items().stream()
            .limit(1)
            .flatMap(one -> one.at("id").text().stream())
            .toList();
    Optional<String> group = cluster.at("status", "workerSecurityGroup", "id").text();
    boolean managed = cluster.at("spec", "managedSecurityGroups").exists();
    if (managed && group.isEmpty()) {
      return new Look.Missing("status.workerSecurityGroup of the OpenStackCluster");
    }
    return new Look.Found(
        new Surroundings(List.of(primary(id, subnet, group.stream().toList())), List.of()));
  }

  /**
   * Of an AWSCluster or an AWSManagedControlPlane: a private subnet of each zone, and the groups
   * that Cluster API's AWS provider gives its own nodes. Subnets for pods are none of them, and
   * those of Local and Wavelength Zones only where they are asked for by name.
   *
   * @param managed whether EKS runs the control plane
   * @param zones where the machine may be, the best first; that of the cluster's first private
   *     subnet when empty
   */
  public static Look ofAws(Tree cluster, boolean managed, List<String> zones) {
    List<String> groups = new ArrayList<>();
    Tree known = cluster.at("status", "networkStatus", "securityGroups");
    for (String role : List.of("node", managed ? "node-eks-additional" : "lb")) {
      Optional<String> id = known.at(role).at("id").text();
      if (id.isEmpty()) {
        return new Look.Missing("security group " + role + " in status.networkStatus");
      }
      groups.add(id.get());
    }
    List<Tree> open =
        cluster.at("spec", "network", "subnets").items().stream()
            .filter(Surroundings::isForNodes)
            .filter(one -> subnetId(one).isPresent())
            .toList();
    List<Tree> chosen =
        zones.isEmpty()
            ? open.stream().filter(Surroundings::isOfTheRegion).limit(1).toList()
            : zones.stream()
                .flatMap(zone -> open.stream().filter(one -> in(one, zone)).limit(1))
                .toList();
    List<String> ids = chosen.stream().flatMap(one -> subnetId(one).stream()).toList();
    if (ids.isEmpty()) {
      String where = zones.isEmpty() ? "" : " in " + String.join(" or ", zones);
      return new Look.Missing("private subnet" + where + " in spec.network.subnets");
    }
    return new Look.Found(
        new Surroundings(
            List.of(primary(Optional.empty(), ids, groups)),
            chosen.stream().flatMap(one -> one.at("availabilityZone").text().stream()).toList()));
  }

  /** Where no provider of ours knows: the project's own network. */
  public static Look anywhere() {
    return new Look.Found(ANYWHERE);
  }

  private static boolean isForNodes(Tree subnet) {
    return !subnet.at("isPublic").truth().orElse(false)
        && subnet.at("tags", ASSOCIATION).text().filter("secondary"::equals).isEmpty();
  }

  private static boolean isOfTheRegion(Tree subnet) {
    return subnet.at("zoneType").text().filter(EDGES::contains).isEmpty();
  }

  private static Optional<String> subnetId(Tree subnet) {
    return subnet
        .at("resourceID")
        .text()
        .or(() -> subnet.at("id").text())
        .filter(id -> id.startsWith("subnet-"));
  }

  private static boolean in(Tree subnet, String zone) {
    return subnet.at("availabilityZone").text().filter(zone::equals).isPresent();
  }

  private static NetworkInterface primary(
      Optional<String> network, List<String> subnets, List<String> groups) {
    return new NetworkInterface(
        "primary",
        network.map(Surroundings::byId),
        subnets.stream().findFirst().map(Surroundings::byId),
        Optional.empty(),
        groups.stream().map(Surroundings::byId).toList(),
        Optional.empty(),
        Acceleration.None,
        subnets.stream().skip(1).toList());
  }

  private static CloudObject byId(String id) {
    return new CloudObject(Optional.empty(), Optional.of(id));
  }
}
