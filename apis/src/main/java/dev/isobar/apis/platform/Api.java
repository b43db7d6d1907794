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
            "Load balancer in front of the control plane: OVN or Amphora; the Cloud's when left"
                + " out. None: the first control plane machine is reached directly, which only"
                + " suits one replica and needs publicAddress.")
        @Fixed(instead = "make a new cluster and move the work there")
        Optional<LoadBalancer> loadBalancer,
    @Doc(
            "Addresses that may reach the API; all when empty. Needs the load balancer Amphora: OVN"
                + " cannot keep addresses out.")
        @Distinct
        @Items(max = 64)
        @Default("[]")
        List<Cidr> allowedCidrs,
    @Doc("Whether the API gets a public (floating) address.")
        @Default("true")
        @Fixed(instead = "make a new cluster and move the work there")
        boolean publicAddress,
    @Doc("A public (floating) address that exists in the cloud, to use for the API.")
        @Matches(value = "[0-9]{1,3}(\\.[0-9]{1,3}){3}", says = "an IPv4 address")
        @Rule(
            cel = "!self.matches('(^|[.])([3-9][0-9]{2}|2[6-9][0-9]|25[6-9])([.]|$)')",
            says = "no part of the address may be above 255")
        @Fixed(instead = "make a new cluster with the other address")
        Optional<String> address,
    @Doc("Port of the API.")
        @Default("6443")
        @Min(1)
        @Max(65535)
        @Fixed(instead = "make a new cluster and move the work there")
        int port) {}
