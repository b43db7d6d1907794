package dev.isobar.apis.platform;

import dev.isobar.apis.compute.CloudObject;
import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Distinct;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Fixed;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Matches;
import java.util.List;
import java.util.Optional;

/** A network that somebody else made and keeps. */
@Doc("A network of the cloud that exists and stays when the cluster goes.")
public record ExistingNetwork(
    @Doc("The network; a VPC on EC2, by its id.")
        @Fixed(instead = "make a new cluster in the other network")
        CloudObject network,
    @Doc(
            "The subnet of it that nodes get their addresses from (OpenStack); needed when it has"
                + " several.")
        @Fixed(instead = "make a new cluster in the other subnet")
        Optional<CloudObject> subnet,
    @Doc(
            "The router that joins the subnet to the external network (OpenStack); found by the"
                + " cloud provider when left out.")
        @Fixed(instead = "make a new cluster behind the other router")
        Optional<CloudObject> router,
    @Doc(
            "The VPC's subnets by their ids (EC2): private ones for machines and, for an API with a"
                + " public address, public ones for its load balancer, in every zone that is used.")
        @Fixed(instead = "make a new cluster in the other subnets")
        @Distinct
        @Items(max = 32)
        @Matches(
            value = "subnet-([0-9a-f]{8}|[0-9a-f]{17})",
            says = "the id of a subnet on EC2, such as subnet-0123456789abcdef0")
        @Default("[]")
        List<String> subnets) {}
