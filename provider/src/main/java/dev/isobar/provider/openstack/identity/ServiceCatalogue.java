package dev.isobar.provider.openstack.identity;

import dev.isobar.apis.compute.CloudEndpoints.Reach;
import dev.isobar.apis.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Where the services are, as Keystone says.
 *
 * @param entries one for each service, region and reach
 */
record ServiceCatalogue(List<Entry> entries) {
  /** An address. */
  record Entry(String type, String region, String reach, String address) {}

  /** The catalogue in an answer of Keystone. */
  static ServiceCatalogue of(Tree catalogue) {
    List<Entry> entries = new ArrayList<>();
    for (Tree service : catalogue.items()) {
      String type = service.at("type").text().orElse("");
      for (Tree one : service.at("endpoints").items()) {
        String region = one.at("region_id").text().or(() -> one.at("region").text()).orElse("");
        one.at("url")
            .text()
            .ifPresent(url ->
                entries.add(new Entry(type, region, one.at("interface").text().orElse(""), url)));
      }
    }
    return new ServiceCatalogue(List.copyOf(entries));
  }

  /** The address of a service. */
  Optional<String> address(Service service, String region, Reach reach) {
    String wanted = reach.name().toLowerCase(Locale.ROOT);
    return service.types().stream()
        .flatMap(type ->
            entries.stream()
                .filter(entry -> entry.type().equals(type))
                .filter(entry -> entry.region().equals(region) && entry.reach().equals(wanted))
                .map(Entry::address))
        .findFirst();
  }

  /** What there is instead, for a message. */
  String regions() {
    var regions = new TreeSet<String>();
    entries.forEach(entry -> regions.add(entry.region()));
    return regions.isEmpty() ? "none" : String.join(", ", regions);
  }
}
