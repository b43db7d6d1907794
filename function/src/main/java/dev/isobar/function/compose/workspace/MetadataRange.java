package dev.isobar.function.compose.workspace;

import dev.isobar.apis.schema.Cidr;

/** The metadata service of clouds, which tells whoever reaches it the secrets of its node. */
public final class MetadataRange {
  /** Its address, the same on OpenStack and EC2. */
  public static final Cidr ADDRESS = new Cidr("169.254.169.254/32");

  private MetadataRange() {}
}
