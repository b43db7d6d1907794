package dev.isobar.apis.platform;

import dev.isobar.apis.schema.Cidr;
import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Distinct;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.ExactlyOne;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import java.util.List;
import java.util.Optional;

/** Volumes that many nodes write at the same time. */
@Doc("Volumes that pods of many nodes write at the same time, by storage class shared.")
@ExactlyOne({"manila", "efs"})
public record SharedVolumes(
    @Doc(
            "What happens to a volume whose claim is deleted: Delete (it goes as well) or Retain"
                + " (it stays).")
        @Default("\"Delete\"")
        Volumes.Reclaim reclaim,
    @Doc("Shares of OpenStack Manila, one for each volume.") Optional<Manila> manila,
    @Doc("A file system of EFS, with an access point for each volume.") Optional<Efs> efs) {
  /** Protocols of shares; spelled as in the API. */
  public enum Protocol {
    NFS,
    CephFS
  }

  /** Shares of OpenStack. */
  @Doc("Shares of OpenStack Manila.")
  public record Manila(
      @Doc("Share type; `openstack share type list` shows them.")
          @Matches(value = "[^\\s{}\"]+", says = "the name or id of a share type")
          @Length(min = 1, max = 255)
          String type,
      @Doc("What its shares are mounted with: NFS or CephFS.") @Default("\"NFS\"")
          Protocol protocol,
      @Doc("Id of the share network, where the share type needs one.")
          @Matches(value = "[0-9a-fA-F-]{32,36}", says = "the id of a share network")
          Optional<String> shareNetwork,
      @Doc(
              "Addresses that may mount NFS shares, as Manila sees them; network.nodeCidr when"
                  + " empty. With an existing network they must be named.")
          @Distinct
          @Items(max = 16)
          @Default("[]")
          List<Cidr> clients) {}

  /** A file system of AWS. */
  @Doc("A file system of EFS that is there already, with mount targets where the nodes are.")
  public record Efs(
      @Doc("Its id.")
          @Matches(value = "fs-[0-9a-f]{8,40}", says = "the id of a file system: fs-...")
          String fileSystem) {}
}
