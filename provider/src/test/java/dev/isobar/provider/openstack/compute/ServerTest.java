package dev.isobar.provider.openstack.compute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Of 10,000 servers that say nearly the same, little more than the differences is kept. */
final class ServerTest {
  /** Texts of its own, as every page of a listing has. */
  private static Tree server(String id) {
    return Tree.of(
        Map.of(
            "id", id,
            "status", own("ACTIVE"),
            "metadata", Map.of(own("crossplane-kind"), own("instance"), own("crossplane-name"), id),
            "tags", List.of(own("isobar"), "isobar-uid=" + id),
            "security_groups", List.of(Map.of("name", own("default"))),
            "OS-EXT-AZ:availability_zone", own("nova"),
            "image", Map.of("id", own("image-1")),
            "flavor", Map.of("original_name", own("m1.tiny"), "vcpus", 1),
            "addresses", Map.of(own("lab"), List.of(Map.of("addr", "10.0.0.1")))));
  }

  @SuppressWarnings("StringOperationCanBeSimplified") // another object is the point
  private static String own(String text) {
    return new String(text.toCharArray());
  }

  private static Stream<String> common(Server server) {
    return Stream.of(
        server.status(),
        server.metadata().firstKey(),
        server.metadata("crossplane-kind").orElseThrow(),
        server.metadata().lastKey(),
        server.tags().first(),
        server.securityGroups().first(),
        server.zone().orElseThrow(),
        server.image().orElseThrow(),
        server.flavor().name(),
        server.addresses().getFirst().network());
  }

  @Test
  void whatServersHaveInCommonIsKeptOnce() {
    var shared = new SharedTexts();
    Server one = Server.of(server("s-1"), shared);
    Server other = Server.of(server("s-2"), shared);
    List<String> before = common(one).toList();
    List<String> after = common(other).toList();
    for (int place = 0; place < before.size(); place++) {
      assertThat(after.get(place)).as("text %d", place).isSameAs(before.get(place));
    }
    assertThat(other.metadata("crossplane-name")).contains("s-2");
    assertThat(other.tags()).containsExactly("isobar", "isobar-uid=s-2");
  }

  @Test
  void aServerReadsTheSameBesideOthersAndAlone() {
    var shared = new SharedTexts();
    var _ = Server.of(server("s-1"), shared);
    assertThat(Server.of(server("s-2"), shared)).isEqualTo(Server.of(server("s-2")));
  }

  @Test
  void whatDiffersEverywhereIsNotKeptWithoutEnd() {
    var shared = new SharedTexts();
    String common = shared.of("common");
    for (int number = 0; number < 100_000; number++) {
      var _ = shared.of("text " + number);
    }
    String late = own("text 99999");
    assertThat(shared.of(late)).as("it was full long before").isSameAs(late);
    assertThat(shared.of(own("common"))).isSameAs(common);
  }
}
