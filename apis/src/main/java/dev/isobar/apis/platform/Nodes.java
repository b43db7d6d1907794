package dev.isobar.apis.platform;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Distinct;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Key;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import java.util.List;
import java.util.Optional;

/** What all nodes have in common. */
@Doc("What all nodes have in common, the control plane's included.")
public record Nodes(
    @Doc("Name of an SSH key of the cloud; the Cloud's when left out.") @Length(min = 1, max = 255)
        Optional<String> sshKey,
    @Doc("Where container images are fetched instead of their own registry.")
        @Key("registry")
        @Items(max = 20)
        @Default("[]")
        List<RegistryMirror> registryMirrors,
    @Doc(
            "Certificates (PEM) of authorities that nodes trust besides the usual ones, by a name"
                + " of your choice.")
        @Key("name")
        @Items(max = 20)
        @Default("[]")
        List<TrustedAuthority> trustedAuthorities,
    @Doc("Time servers; the image's own when empty.")
        @Distinct
        @Items(max = 8)
        @Default("[]")
        @Matches(
            value = "[a-zA-Z0-9]([a-zA-Z0-9.:-]{0,251}[a-zA-Z0-9])?",
            says = "a host name or address, without scheme or port")
        List<String> timeServers,
    @Doc(
            "Whether a node of a pool that goes away waits until the servers of hubs and the batch"
                + " jobs on it have ended by themselves, for as long as its drainTimeout allows; if"
                + " not, they are evicted at once, like all others. Pods of yours are waited for as"
                + " well when they have label cluster.x-k8s.io/drain: wait-completed. The"
                + " autoscaler, which evicts pods itself, then gives nodes with GPUs back only when"
                + " no pod on them asks for what it counts there: nvidia.com/gpu, or cpu and memory"
                + " where there are slices alone. Pods that ask for other things need annotation"
                + " cluster-autoscaler.kubernetes.io/safe-to-evict: \"false\".")
        @Default("true")
        boolean waitForSessions,
    @Doc("Kubelet settings of all nodes.") @Default("{}") Kubelet kubelet) {}
