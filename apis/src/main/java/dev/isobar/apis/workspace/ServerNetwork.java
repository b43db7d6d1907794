package dev.isobar.apis.workspace;

import dev.isobar.apis.schema.Cidr;
import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Distinct;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Items;
import java.util.List;

/** What servers may reach. */
@Doc(
    "What servers may reach besides the hub: addresses of the internet always, the metadata service"
        + " of the cloud never.")
public record ServerNetwork(
    @Doc("Private addresses, pods and services of the cluster included.") @Default("false")
        boolean privateAddresses,
    @Doc(
            "Single ranges of addresses outside the cluster; Cilium applies none to pods and nodes,"
                + " for which there is privateAddresses.")
        @Distinct
        @Items(max = 32)
        @Default("[]")
        List<Cidr> allowed) {}
