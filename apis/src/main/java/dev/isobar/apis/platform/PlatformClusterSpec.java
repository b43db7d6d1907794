package dev.isobar.apis.platform;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Fixed;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Key;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import dev.isobar.apis.schema.Rule;
import java.util.List;
import java.util.Optional;

/** What an app team asks of a cluster. */
@Doc("What the cluster shall be.")
public record PlatformClusterSpec(
    @Doc("Name of the Cloud to build on; the platform team's `kubectl get clouds` lists them.")
        @Fixed(instead = "make a new cluster on the other cloud and move the work there")
        @Matches(
            value = Matches.OBJECT_NAME,
            says = "the name of a Cloud: lower-case letters, digits, dashes, dots")
        @Length(min = 1, max = 63)
        String cloud,
    @Doc(
            "Kubernetes version: a minor such as 1.35, which is resolved once to the newest patch"
                + " the Cloud has an image for, or an exact patch such as 1.35.2. Raise it by one"
                + " minor at a time. Newer patches and images appear in status.availableUpgrades"
                + " and never roll the cluster by themselves. A v in front means the same.")
        @Matches(
            value = "v?1\\.[0-9]{1,3}(\\.[0-9]{1,3})?",
            says = "a version such as 1.35 or 1.35.2")
        @Rule(
            cel = "!self.matches('[.]0[0-9]')",
            says = "no number of a version begins with 0: write 1.35, not 1.035")
        String version,
    @Doc(
            "Any text of yours. The machine images of a version are chosen once and kept; when this"
                + " text changes, those the Cloud offers now for the version in use are taken, and"
                + " machines whose image differs are replaced one by one. status.availableUpgrades"
                + " tells when there are others.")
        @Matches(
            value = "[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?",
            says = "letters, digits, dots, dashes and underscores, at most 63")
        Optional<String> imageRevision,
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
    @Doc("How the cluster autoscaler works.") @Default("{}") ClusterAutoscaler autoscaler,
    @Doc(
            "Stops all changes to the cluster's machines, by Cluster API and the autoscaler alike,"
                + " until set to false. A paused cluster cannot be deleted either: set it to false"
                + " first.")
        @Default("false")
        boolean paused) {}
