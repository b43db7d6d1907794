package dev.isobar.function.compose.ec2;

import dev.isobar.function.compose.capi.CapiObjects;

/** What the AWS provider's objects have in common. */
public final class AwsObjects {
  /** The kind of the cloud's side of a cluster. */
  public static final String CLUSTER_KIND = "AWSCluster";

  /** The only API version that the provider serves. */
  public static final String API_VERSION = CapiObjects.INFRASTRUCTURE + "/v1beta2";

  static final String TEMPLATE_KIND = "AWSMachineTemplate";

  private AwsObjects() {}
}
