package dev.isobar.apis.compute;

/** Who balances the load to the Kubernetes API; spelled as in the API. */
public enum LoadBalancer {
  OVN,
  Amphora,
  NLB,
  None
}
