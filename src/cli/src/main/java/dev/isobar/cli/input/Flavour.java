package dev.isobar.cli.input;

/** How app teams' objects become composites; one of the two per management cluster. */
public enum Flavour {
  /** A PlatformCluster is a claim, for which core makes a cluster-scoped XPlatformCluster. */
  CLAIMS,
  /** A PlatformCluster is the composite itself. */
  NAMESPACED
}
