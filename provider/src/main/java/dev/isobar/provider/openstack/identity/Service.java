package dev.isobar.provider.openstack.identity;

import java.util.List;

/** A service of the cloud, and what catalogues call it. */
public enum Service {
  /** Nova. */
  COMPUTE("/v2.1", List.of("compute")),
  /** Neutron. */
  NETWORK("/v2.0", List.of("network")),
  /** Glance. */
  IMAGE("/v2", List.of("image")),
  /** Cinder, which only Nova talks to. */
  VOLUME("/v3", List.of("block-storage", "volumev3", "block-store", "volume"));

  private final String version;
  private final List<String> types;

  Service(String version, List<String> types) {
    this.version = version;
    this.types = types;
  }

  /** Its type, as overrides name it. */
  public String type() {
    return types.getFirst();
  }

  List<String> types() {
    return types;
  }

  /** The address with its version, whether it was there or not, and without a slash at the end. */
  String versioned(String address) {
    String plain = address.replaceAll("/+$", "");
    return plain.matches(".*/v[0-9]+(\\.[0-9]+)?(/[^/]+)?") ? plain : plain + version;
  }
}
