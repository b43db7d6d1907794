package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Cidr;
import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Distinct;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Matches;
import java.util.List;
import java.util.Optional;

/** Networks of a cloud. */
@Doc("Networks of the cloud.")
public record CloudNetwork(
    @Doc(
            "Network of public (floating) addresses, of the API and of Services, by id or name;"
                + " needed when the cloud has several external networks.")
        Optional<CloudObject> externalNetwork,
    @Doc("Name servers of nodes.")
        @Distinct
        @Items(max = 3)
        @Default("[]")
        @Matches(value = Cidr.ADDRESS, says = "an IPv4 address such as 192.0.2.1")
        List<String> dnsServers,
    @Doc(
            "Load balancer of the cloud: OVN or Amphora (Octavia's providers), or None when it has"
                + " none. On EC2 it is NLB, whatever stands here.")
        @Default("\"Amphora\"")
        LoadBalancer loadBalancer) {}
