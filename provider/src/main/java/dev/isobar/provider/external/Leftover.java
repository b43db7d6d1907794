package dev.isobar.provider.external;

/**
 * Something that a controller inside a Kubernetes cluster made in the cloud.
 *
 * @param name what people know it by
 * @param settled whether the cloud would take a request to delete it; it is left alone while it is
 *     in use, being made or being deleted
 * @param shared whether another cluster uses it as well; then it is never removed
 */
public record Leftover(Kind kind, String id, String name, boolean settled, boolean shared) {
  /** One that is this cluster's alone. */
  public Leftover(Kind kind, String id, String name, boolean settled) {
    this(kind, id, name, settled, false);
  }

  /** Kinds, in the order in which they can be removed: what comes first may use what follows. */
  public enum Kind {
    LoadBalancer("load balancer"),
    PublicAddress("public address"),
    SecurityGroup("security group"),
    Snapshot("snapshot"),
    Volume("volume");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** As sentences name it. */
    public String words() {
      return words;
    }

    /** Whether it may hold what somebody needs. */
    public boolean holdsData() {
      return this == Snapshot || this == Volume;
    }
  }

  @Override
  public String toString() {
    return kind.words() + " " + (name.isEmpty() ? id : name + " (" + id + ")");
  }
}
