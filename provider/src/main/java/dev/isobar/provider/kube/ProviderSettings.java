package dev.isobar.provider.kube;

import dev.isobar.provider.decide.Pace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the provider works.
 *
 * @param pace how often machines are looked at
 * @param discovery how often clouds are asked what they have
 * @param passesPerSecond how many passes are begun, over all clouds
 * @param passesPerCloud how many are under way for one ProviderConfig at the same time
 * @param namespace of the provider itself, where its Lease is
 * @param lease how long a leader that vanished is waited for; nothing when there is one replica
 * @param changeLogs socket of the sidecar that keeps them; nothing when there shall be none
 * @param clusterApi whether GPU machines of Cluster API are worked on
 * @param watchFilter value of the label that those must carry to be worked on; any when empty
 * @param kubeconfig outside of a cluster
 */
public record ProviderSettings(
    Pace pace,
    Duration discovery,
    int passesPerSecond,
    int passesPerCloud,
    String namespace,
    Optional<Duration> lease,
    Optional<Path> changeLogs,
    boolean clusterApi,
    Optional<String> watchFilter,
    Optional<Path> kubeconfig) {}
