package dev.isobar.provider.openstack.identity;

import java.util.List;

/** A service of the cloud, and what catalogues call it. */
public enum Service {
  /** Nova. */
  COMPUTE("compute", "/v2.1"),
  /** Neutron. */
  NETWORK("network", "/v2.0"),
  /** Glance. */
  IMAGE("image", "/v2"),
  /** Cinder, whose volumes only Nova makes. */
  VOLUME("block-storage", "/v3"),
  /** Octavia, whose balancers only clusters make. */
  LOAD_BALANCER("load-balancer", "/v2");

  private final String type;
  private final String version;

  Service(String type, String version) {
    this.type = type;
    this.version = version;
  }

  /** Its type, as overrides name it. */
  public String type() {
    return type;
  }

  /** Its types in catalogues, the one that goes before the others first. */
  List<String> types() {
    return this == VOLUME ? List.of(type, "volumev3", "block-store", "volume") : List.of(type);
  }

  /** The address with its version, whether it was there or not, and without a slash at the end. */
  String versioned(String address) {
    String plain = address.replaceAll("/+$", "");
    return plain.matches(".*/v[0-9]+(\\.[0-9]+)?(/[^/]+)?") ? plain : plain + version;
  }
}
