package dev.isobar.provider.openstack.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.CloudEndpoints.Reach;
import dev.isobar.apis.tree.Tree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServiceCatalogueTest {
  private static final ServiceCatalogue CATALOGUE =
      ServiceCatalogue.of(
          Tree.of(
              List.of(
                  Map.of(
                      "type",
                      "compute",
                      "endpoints",
                      List.of(
                          endpoint("public", "north", "https://nova.north"),
                          endpoint("internal", "north", "http://nova.inside"),
                          endpoint("public", "south", "https://nova.south"))),
                  Map.of(
                      "type",
                      "volumev3",
                      "endpoints",
                      List.of(endpoint("public", "north", "https://cinder.north/v3/p"))))));

  private static Map<String, Object> endpoint(String reach, String region, String url) {
    return Map.of("interface", reach, "region_id", region, "url", url);
  }

  @ParameterizedTest
  @CsvSource({
    "COMPUTE, north, Public, https://nova.north, by region and reach",
    "COMPUTE, north, Internal, http://nova.inside, another reach",
    "COMPUTE, south, Public, https://nova.south, another region",
    "COMPUTE, south, Internal, , that is not there",
    "VOLUME, north, Public, https://cinder.north/v3/p, by an older name of its type",
    "IMAGE, north, Public, , a cloud without it"
  })
  void addressesAreFound(Service service, String region, Reach reach, String url, String why) {
    assertThat(CATALOGUE.address(service, region, reach))
        .as(why)
        .isEqualTo(Optional.ofNullable(url));
  }

  @Test
  void regionsAreNamedForWhoeverMistookOne() {
    assertThat(CATALOGUE.regions()).isEqualTo("north, south");
  }

  @ParameterizedTest
  @CsvSource({
    "COMPUTE, http://n:8774/v2.1, http://n:8774/v2.1, as it is",
    "COMPUTE, http://n:8774/v2.1/8f3a/, http://n:8774/v2.1/8f3a, with the project of old clouds",
    "COMPUTE, https://n/compute, https://n/compute/v2.1, without a version",
    "NETWORK, http://n:9696/, http://n:9696/v2.0, Neutron is listed without",
    "IMAGE, https://n/image/v2, https://n/image/v2, as it is"
  })
  void addressesGetTheirVersion(Service service, String listed, String used, String why) {
    assertThat(service.versioned(listed)).as(why).isEqualTo(used);
  }
}
