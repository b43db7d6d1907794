package dev.isobar.apis.platform;

import dev.isobar.apis.compute.CloudObject;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Fixed;
import java.util.Optional;

/** A network that somebody else made and keeps. */
@Doc("A network of the cloud that exists and stays when the cluster goes.")
public record ExistingNetwork(
    @Doc("The network.") @Fixed(instead = "make a new cluster in the other network")
        CloudObject network,
    @Doc("The subnet of it that nodes get their addresses from; needed when it has several.")
        @Fixed(instead = "make a new cluster in the other subnet")
        Optional<CloudObject> subnet,
    @Doc(
            "The router that joins the subnet to the external network; found by the cloud provider"
                + " when left out.")
        @Fixed(instead = "make a new cluster behind the other router")
        Optional<CloudObject> router) {}
