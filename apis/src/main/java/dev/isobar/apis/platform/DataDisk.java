package dev.isobar.apis.platform;

import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import dev.isobar.apis.schema.Rule;
import dev.isobar.apis.schema.Size;
import java.util.Optional;

/** An additional disk of a pool's nodes, formatted and mounted. */
@Doc("An additional disk of each node, formatted with ext4 and mounted.")
public record DataDisk(
    @Doc("Its name within the pool; root is that of the machine's own disk.")
        @Matches(
            value = "[a-z]([a-z0-9-]{0,18}[a-z0-9])?",
            says = "lower-case letters, digits and dashes, at most 20")
        @Rule(cel = "self != 'root'", says = "root is the name of the disk the machine starts from")
        String name,
    @Doc("Its size, counted in whole GiB upwards: 1Gi to 64Ti.")
        @Rule(cel = Disk.USUAL, says = Disk.NOT_USUAL)
        Size size,
    @Doc("Volume type of the cloud; the cloud's default when left out.") @Length(min = 1, max = 255)
        Optional<String> type,
    @Doc("Folder it is mounted at.")
        @Matches(
            value = "(/[.]{0,2}[A-Za-z0-9_-][A-Za-z0-9._-]*)+",
            says = "an absolute path without . or .. in it, such as /var/lib/scratch")
        @Length(min = 2, max = 255)
        @Rule(
            cel =
                "!self.matches('^/(bin|boot|dev|etc|lib|lib32|lib64|proc|root|run|sbin|sys|usr|opt/cni"
                    + "|var/lib/containerd|var/lib/etcd|var/lib/kubelet|var/log|var/run)(/|$)"
                    + "|^/(home|opt|var|var/lib)$')",
            says =
                "the folder belongs to the node itself; choose one of your own, such as /mnt/data")
        String mountPath) {}
