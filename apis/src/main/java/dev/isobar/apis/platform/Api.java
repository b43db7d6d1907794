package dev.isobar.apis.platform;

import dev.isobar.apis.compute.LoadBalancer;
import dev.isobar.apis.schema.Cidr;
import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Distinct;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Fixed;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Matches;
import dev.isobar.apis.schema.Max;
import dev.isobar.apis.schema.Min;
import dev.isobar.apis.schema.Rule;
import java.util.List;
import java.util.Optional;

/** The way to the Kubernetes API. */
@Doc("How the Kubernetes API is reached.")
public record Api(
    @Doc(
            "Load balancer in front of the control plane: OVN or Amphora, NLB on EC2; the Cloud's"
                + " when left out. None: the first control plane machine is reached directly, which"
                + " only suits one replica and needs publicAddress.")
        @Fixed(instead = "make a new cluster and move the work there")
        Optional<LoadBalancer> loadBalancer,
    @Doc(
            "Addresses that may reach the API; all when empty. Cluster API and Sveltos work through"
                + " the API, so those of the management cluster must be among them, in this list or"
                + " in managementCidrs of the platform team's settings; else the cluster never"
                + " becomes ready. Needs the load balancer Amphora or NLB: OVN cannot keep"
                + " addresses out.")
        @Distinct
        @Items(max = 64)
        @Default("[]")
        List<Cidr> allowedCidrs,
    @Doc("Whether the API gets a public (floating) address.")
        @Default("true")
        @Fixed(instead = "make a new cluster and move the work there")
        boolean publicAddress,
    @Doc(
            "A public (floating) address that exists in the cloud, to use for the API; none of the"
                + " ranges of pods, services or nodes.")
        @Matches(value = "[0-9]{1,3}(\\.[0-9]{1,3}){3}", says = "an IPv4 address")
        @Rule(
            cel = "!self.matches('(^|[.])([3-9][0-9]{2}|2[6-9][0-9]|25[6-9])([.]|$)')",
            says = "no part of the address may be above 255")
        @Rule(cel = Network.USABLE, says = Network.NOT_USABLE)
        @Fixed(instead = "make a new cluster with the other address")
        Optional<String> address,
    @Doc(
            "Port of the API, on the load balancer and on the machines of the control plane alike:"
                + " none that something else on them has, such as 22, 2379, 10250 or 30000 to"
                + " 32767. Always 6443 on EC2.")
        @Default("6443")
        @Min(1)
        @Max(65535)
        @Rule(
            cel =
                "!(self in [22, 53, 111, 179, 2379, 2380, 2381, 4240, 4244, 5473, 9091, 9098, 9099,"
                    + " 9100, 9234, 9878, 9879, 9890, 9891, 9893, 9963])",
            says = "something else on the nodes has this port; 6443 and 443 are free")
        @Rule(
            cel = "(self < 10248 || self > 10259) && (self < 30000 || self > 32767)",
            says = "Kubernetes has this port itself; 6443 and 443 are free")
        @Fixed(instead = "make a new cluster and move the work there")
        int port) {}
