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
    @Doc("Private addresses, services of the cluster included.") @Default("false")
        boolean privateAddresses,
    @Doc("Single ranges of addresses.") @Distinct @Items(max = 32) @Default("[]")
        List<Cidr> allowed) {}
