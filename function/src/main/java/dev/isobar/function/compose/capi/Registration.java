package dev.isobar.function.compose.capi;

import dev.isobar.apis.tree.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * How a node of a cloud joins. The provider-id's region and the one Cluster API's provider is given
 * come from one value, because the two ids must be equal to the byte.
 *
 * @param name cloud-init expression of the node's name
 * @param providerId cloud-init expression of the machine's id, as the cloud's Cluster API provider
 *     spells it; empty where the cloud controller writes it
 */
public record Registration(String name, Optional<String> providerId) {
  /** OpenStack's, as Cluster API's OpenStack provider documents it. */
  public static Registration openStack(String region) {
    return new Registration(
        "{{ local_hostname }}", Optional.of("openstack://" + region + "/'{{ instance_id }}'"));
  }

  /**
   * EC2's: the cloud controller finds a machine by the private DNS name its node is called by, and
   * writes the same id as Cluster API's AWS provider.
   */
  public static Registration ec2() {
    return new Registration("{{ ds.meta_data.local_hostname }}", Optional.empty());
  }

  /** The nodeRegistration of kubeadm, with labels and taints as its own lists. */
  Fields fields(Map<String, String> labels) {
    List<SortedMap<String, Object>> args = new ArrayList<>();
    args.add(argument("cloud-provider", "external"));
    if (!labels.isEmpty()) {
      var text = new StringBuilder();
      labels.forEach((key, value) ->
          text.append(text.isEmpty() ? "" : ",").append(key).append('=').append(value));
      args.add(argument("node-labels", text.toString()));
    }
    providerId.ifPresent(id -> args.add(argument("provider-id", id)));
    return Fields.with("name", name).set("kubeletExtraArgs", args);
  }

  static SortedMap<String, Object> argument(String name, String value) {
    return Fields.with("name", name).set("value", value).map();
  }
}
