package dev.isobar.apis.workspace;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Key;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import dev.isobar.apis.schema.Size;
import java.util.List;
import java.util.Optional;

/** Where files of users are. */
@Doc("Where files of users are.")
public record HubStorage(
    @Doc("Size of each user's home.") @Default("\"10Gi\"") Size home,
    @Doc("Storage class of homes; the cluster's own when left out.")
        @Matches(value = Matches.OBJECT_NAME, says = "the name of a storage class")
        @Length(min = 1, max = 253)
        Optional<String> storageClass,
    @Doc(
            "ReadWriteOnce: a home is at one node at a time, and in one zone. ReadWriteMany: at"
                + " any, if the storage class can do that.")
        @Default("\"ReadWriteOnce\"")
        AccessMode accessMode,
    @Doc("Volumes that all servers have.") @Key("name") @Items(max = 16) @Default("[]")
        List<SharedVolume> shared,
    @Doc(
            "What becomes of homes when the workspace is deleted. Retain: they stay in the"
                + " namespace, which stays too. Delete: they go with it.")
        @Default("\"Retain\"")
        OnDelete onDelete) {
  /** Where a volume can be; spelled as in the API. */
  public enum AccessMode {
    ReadWriteOnce,
    ReadWriteMany
  }

  /** What becomes of homes; spelled as in the API. */
  public enum OnDelete {
    Retain,
    Delete
  }

  /** A volume that all servers have. */
  @Doc("A volume that all servers have.")
  public record SharedVolume(
      @Doc("Its name within the workspace.")
          @Matches(
              value = "[a-z]([a-z0-9-]{0,28}[a-z0-9])?",
              says = "lower-case letters, digits and dashes, beginning with a letter, at most 30")
          String name,
      @Doc("A PersistentVolumeClaim in the workspace's namespace.")
          @Matches(value = Matches.OBJECT_NAME, says = "the name of a PersistentVolumeClaim")
          @Length(min = 1, max = 253)
          String claimName,
      @Doc("Where servers have it; /shared/NAME when left out.")
          @Matches(value = "(/[A-Za-z0-9._-]+)+", says = "an absolute path")
          @Length(min = 2, max = 255)
          Optional<String> mountPath,
      @Doc("Whether servers can only read it.") @Default("true") boolean readOnly) {}
}
