package dev.isobar.apis.platform;

import dev.isobar.apis.schema.Cidr;
import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Distinct;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Fixed;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import dev.isobar.apis.schema.Max;
import dev.isobar.apis.schema.Min;
import dev.isobar.apis.schema.Rule;
import java.util.List;
import java.util.Optional;

/** The cluster's networks. */
@Doc("Address ranges, pod network and how the Kubernetes API is reached.")
public record Network(
    @Doc("Addresses of pods, at most a /8; each node takes a /24 of it.")
        @Default("\"172.16.0.0/13\"")
        @Fixed(instead = "make a new cluster and move the work there")
        @Rule(cel = Network.USABLE, says = Network.NOT_USABLE)
        Cidr podCidr,
    @Doc("Addresses of services.")
        @Default("\"172.24.0.0/13\"")
        @Fixed(instead = "make a new cluster and move the work there")
        @Rule(cel = Network.USABLE, says = Network.NOT_USABLE)
        Cidr serviceCidr,
    @Doc(
            "Addresses of nodes in a network made for the cluster; to be left out with an existing"
                + " one.")
        @Default("\"10.8.0.0/20\"")
        @Fixed(instead = "make a new cluster and move the work there")
        @Rule(cel = Network.USABLE, says = Network.NOT_USABLE)
        Cidr nodeCidr,
    @Doc("Domain of service names.")
        @Default("\"cluster.local\"")
        @Matches(
            value = "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*",
            says = "a domain name")
        @Length(min = 1, max = 253)
        @Rule(
            cel = "!self.matches('[^.]{64}')",
            says = "no part of the domain may have more than 63 characters")
        @Fixed(instead = "make a new cluster and move the work there")
        String serviceDomain,
    @Doc(
            "Pod network: Cilium or Calico. None: install your own through addons.extra; nodes stay"
                + " unready until it runs.")
        @Default("\"Cilium\"")
        @Fixed(instead = "make a new cluster and move the work there")
        Cni cni,
    @Doc("A network of the cloud to use instead of making one.")
        @Fixed(instead = "make a new cluster in the other network")
        Optional<ExistingNetwork> existing,
    @Doc(
            "Name servers of the nodes, at addresses outside the cluster; the Cloud's when empty."
                + " An existing network has its own.")
        @Distinct
        @Items(max = 3)
        @Default("[]")
        @Matches(value = Cidr.ADDRESS, says = "an IPv4 address such as 192.0.2.1")
        List<String> dnsServers,
    @Doc(
            "Largest packet of a network made for the cluster, in bytes; the cloud's default when"
                + " left out. An existing network has its own.")
        @Min(1280)
        @Max(9216)
        Optional<Integer> mtu,
    @Doc("How the Kubernetes API is reached.") @Default("{}") Api api) {
  static final String USABLE =
      "!self.matches('^(0|127|22[4-9]|23[0-9]|24[0-9]|25[0-5])[.]|^169[.]254[.]')";
  static final String NOT_USABLE =
      "must not begin with an address that no host can have: 0, 127, 169.254, 224 or above";

  /** The pod network's maker; spelled as in the API. */
  public enum Cni {
    Cilium,
    Calico,
    None
  }
}
