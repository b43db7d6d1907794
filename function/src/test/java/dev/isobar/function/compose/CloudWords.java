package dev.isobar.function.compose;

/** What is said of Cloud wekeo while something is wrong with it. */
final class CloudWords {
  static final String REFUSES =
      "Cloud wekeo is known, but reports AuthenticationFailed: Keystone says 401; the platform team"
          + " must act";

  /** Cluster API's words follow. */
  static final String MAKING =
      "networks and load balancer are being made in Cloud wekeo; if this lasts, the platform team"
          + " must see whether it answers Cluster API and takes its credentials; Cluster API says:"
          + " ";

  /** Cluster API's words follow. */
  static final String BROKEN =
      "networks and load balancer in Cloud wekeo were there and are broken; the platform team must"
          + " mend them; Cluster API says: ";

  private CloudWords() {}
}
