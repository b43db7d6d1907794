package dev.isobar.apis.platform;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Max;
import dev.isobar.apis.schema.Min;
import dev.isobar.apis.schema.Rule;
import dev.isobar.apis.schema.Size;
import java.util.Optional;

/** Settings of etcd; the defaults suit virtual machines on network storage. */
@Doc("Settings of etcd. The defaults suit virtual machines whose disks are on the network.")
public record Etcd(
    @Doc(
            "A disk of its own for etcd; on the root disk when left out. A fast disk prevents lost"
                + " leaders. At least 1Gi larger than quota.")
        Optional<Disk> disk,
    @Doc(
            "Largest size of the database before it refuses writes: 1Gi to 8Gi, the most that etcd"
                + " advises.")
        @Default("\"4Gi\"")
        @Rule(
            cel =
                "quantity(self).compareTo(quantity('1Gi')) >= 0 &&"
                    + " quantity(self).compareTo(quantity('8Gi')) <= 0",
            says = "must be from 1Gi to 8Gi")
        Size quota,
    @Doc("Milliseconds between the leader's heartbeats.") @Default("500") @Min(50) @Max(5000)
        int heartbeatMillis,
    @Doc(
            "Milliseconds without heartbeat after which a new leader is elected; at least five"
                + " heartbeats.")
        @Default("5000")
        @Min(500)
        @Max(50000)
        int electionMillis) {}
