package dev.isobar.packaging.release;

import dev.isobar.packaging.oci.Digest;
import dev.isobar.packaging.oci.JsonDocument;
import dev.isobar.packaging.runtime.Component;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is in a package that others made, as CycloneDX writes it. It has neither time nor serial
 * number, so that the same package has the same.
 *
 * @see <a href="https://cyclonedx.org/docs/1.6/json/">CycloneDX 1.6</a>
 */
final class BillOfMaterials {
  private BillOfMaterials() {}

  /**
   * The document.
   *
   * @param image digest of the package
   * @param components of others; none in a configuration
   */
  static String of(String name, String version, Digest image, List<Component> components) {
    var subject = new LinkedHashMap<String, Object>();
    subject.put("type", "container");
    subject.put("name", name);
    subject.put("version", version);
    subject.put("hashes", List.of(hash(image)));
    var bill = new LinkedHashMap<String, Object>();
    bill.put("bomFormat", "CycloneDX");
    bill.put("specVersion", "1.6");
    bill.put("version", 1);
    bill.put("metadata", Map.of("component", subject));
    bill.put("components", components.stream().map(BillOfMaterials::component).toList());
    return JsonDocument.of(bill);
  }

  private static Map<String, Object> component(Component component) {
    var entry = new LinkedHashMap<String, Object>();
    entry.put("type", "library");
    entry.put("name", component.name());
    if (!component.version().isEmpty()) {
      entry.put("version", component.version());
    }
    component.digest().ifPresent(digest -> entry.put("hashes", List.of(hash(digest))));
    component.identity().ifPresent(identity -> entry.put("purl", identity));
    return entry;
  }

  private static Map<String, Object> hash(Digest digest) {
    var hash = new LinkedHashMap<String, Object>();
    hash.put("alg", "SHA-256");
    hash.put("content", digest.hex());
    return hash;
  }
}
