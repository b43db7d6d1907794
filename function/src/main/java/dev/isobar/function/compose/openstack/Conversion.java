package dev.isobar.function.compose.openstack;

import dev.isobar.apis.tree.Fields;
import dev.isobar.apis.tree.Tree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What exists in one API version of the OpenStack kinds, said in the other. It is what the
 * provider's own conversion makes of the same fields, so that a switch of the version changes no
 * object: templates never may.
 */
final class Conversion {
  private static final String GROUP = OpenStackObjects.GROUP + "/";

  /** Fields that only the first API version has. */
  private static final List<String> FIRST =
      List.of(
          "apiServerFixedIP",
          "apiServerFloatingIP",
          "apiServerLoadBalancer",
          "apiServerPort",
          "disableAPIServerFloatingIP",
          "disableExternalNetwork",
          "disablePortSecurity",
          "externalRouterIPs",
          "networkMTU");

  /** Fields that only the second API version has. */
  private static final List<String> SECOND =
      List.of("apiServer", "enableExternalNetwork", "managedNetwork", "managedRouter");

  private Conversion() {}

  /** A template in the given API version; as it is when it is of another kind. */
  static SortedMap<String, Object> template(SortedMap<String, Object> template, String apiVersion) {
    Tree seen = Tree.of(template);
    boolean ours =
        seen.at("kind").text().filter(OpenStackObjects.TEMPLATE_KIND::equals).isPresent();
    if (!ours || seen.at("apiVersion").text().filter(apiVersion::equals).isPresent()) {
      return template;
    }
    Tree machine = seen.at("spec", "template", "spec");
    Fields converted = second(apiVersion) ? toSecond(machine) : toFirst(machine);
    var other = new TreeMap<>(template);
    other.put("apiVersion", apiVersion);
    other.put("spec", Fields.with("template", Fields.with("spec", converted)).map());
    return other;
  }

  private static boolean second(String apiVersion) {
    return apiVersion.equals(GROUP + "v1beta2");
  }

  private static Fields toSecond(Tree machine) {
    Fields fields = copy(machine).without("flavorID").without("flavor");
    Optional<String> id = machine.at("flavorID").text();
    fields.set(
        "flavor",
        id.map(known -> Fields.with("id", known))
            .or(() -> machine.at("flavor").text().map(Reference::toName)));
    return ports(fields, machine, "disablePortSecurity", "enablePortSecurity");
  }

  private static Fields toFirst(Tree machine) {
    Tree flavor = machine.at("flavor");
    Fields fields =
        copy(machine)
            .without("flavor")
            .set("flavor", flavor.at("filter", "name").text())
            .set("flavorID", flavor.at("id").text());
    return ports(fields, machine, "enablePortSecurity", "disablePortSecurity");
  }

  /** Both API versions have the field, with opposite meanings. */
  private static Fields ports(Fields fields, Tree machine, String from, String to) {
    List<SortedMap<String, Object>> ports =
        machine.at("ports").items().stream()
            .map(port -> copy(port).without(from).set(to, inverted(port.at(from))).map())
            .toList();
    return fields.setUnlessEmpty("ports", ports);
  }

  private static Optional<Boolean> inverted(Tree truth) {
    return truth.truth().map(yes -> !yes);
  }

  /** The spec of an OpenStackCluster in the given API version. */
  static Tree cluster(Tree object, String apiVersion) {
    Tree spec = object.at("spec");
    if (!object.exists() || object.at("apiVersion").text().filter(apiVersion::equals).isPresent()) {
      return spec;
    }
    return Tree.of((second(apiVersion) ? clusterToSecond(spec) : clusterToFirst(spec)).map());
  }

  private static Fields clusterToSecond(Tree spec) {
    Fields server =
        Fields.with("managedLoadBalancer", spec.at("apiServerLoadBalancer").plain())
            .set("floatingIP", spec.at("apiServerFloatingIP").plain())
            .set("fixedIP", spec.at("apiServerFixedIP").plain())
            .set("port", spec.at("apiServerPort").plain())
            .set("enableFloatingIP", inverted(spec.at("disableAPIServerFloatingIP")));
    Fields network =
        Fields.with("mtu", spec.at("networkMTU").plain())
            .set("enablePortSecurity", inverted(spec.at("disablePortSecurity")));
    return without(spec, FIRST)
        .setUnlessEmpty("apiServer", server)
        .setUnlessEmpty("managedNetwork", network)
        .setUnlessEmpty(
            "managedRouter", Fields.with("externalIPs", spec.at("externalRouterIPs").plain()))
        .set("enableExternalNetwork", inverted(spec.at("disableExternalNetwork")));
  }

  private static Fields clusterToFirst(Tree spec) {
    Tree server = spec.at("apiServer");
    Tree network = spec.at("managedNetwork");
    return without(spec, SECOND)
        .set("apiServerLoadBalancer", server.at("managedLoadBalancer").plain())
        .set("apiServerFloatingIP", server.at("floatingIP").plain())
        .set("apiServerFixedIP", server.at("fixedIP").plain())
        .set("apiServerPort", server.at("port").plain())
        .set("disableAPIServerFloatingIP", inverted(server.at("enableFloatingIP")))
        .set("networkMTU", network.at("mtu").plain())
        .set("disablePortSecurity", inverted(network.at("enablePortSecurity")))
        .set("externalRouterIPs", spec.at("managedRouter", "externalIPs").plain())
        .set("disableExternalNetwork", inverted(spec.at("enableExternalNetwork")));
  }

  private static Fields without(Tree spec, List<String> fields) {
    Fields copy = copy(spec);
    fields.forEach(copy::without);
    return copy;
  }

  private static Fields copy(Tree object) {
    return object.plain() instanceof Map<?, ?> map ? setAll(map) : Fields.none();
  }

  private static Fields setAll(Map<?, ?> map) {
    Fields fields = Fields.none();
    map.forEach((key, value) -> fields.set(String.valueOf(key), value));
    return fields;
  }
}
