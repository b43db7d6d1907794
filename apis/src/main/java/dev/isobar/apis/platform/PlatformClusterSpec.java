package dev.isobar.apis.platform;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Fixed;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Key;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import java.util.List;

/** What an app team asks of a cluster. */
@Doc("What the cluster shall be.")
public record PlatformClusterSpec(
    @Doc("Name of the Cloud to build on; the platform team's `kubectl get clouds` lists them.")
        @Fixed(instead = "make a new cluster on the other cloud and move the work there")
        @Length(min = 1, max = 63)
        String cloud,
    @Doc(
            "Kubernetes version: a minor such as 1.35, which is resolved once to the newest patch"
                + " the Cloud has an image for, or an exact patch such as 1.35.2. Raise it by one"
                + " minor at a time. Newer patches and images appear in status.availableUpgrades"
                + " and never roll the cluster by themselves.")
        @Matches(
            value = "v?1\\.[0-9]{1,3}(\\.[0-9]{1,3})?",
            says = "a version such as 1.35 or 1.35.2")
        String version,
    @Doc("The machines that run the Kubernetes API.") ControlPlane controlPlane,
    @Doc("Address ranges, pod network and how the Kubernetes API is reached.") @Default("{}")
        Network network,
    @Doc("Groups of equal nodes. Removing a pool drains and deletes its nodes.")
        @Key("name")
        @Items(max = 40)
        @Default("[]")
        List<Pool> pools,
    @Doc("What all nodes have in common.") @Default("{}") Nodes nodes,
    @Doc("Who may log in, and what pods may do.") @Default("{}") Security security,
    @Doc("What is installed into the cluster.") @Default("{}") Addons addons,
    @Doc(
            "Stops all changes to the cluster's machines, by Cluster API and the autoscaler alike,"
                + " until set to false.")
        @Default("false")
        boolean paused) {}
