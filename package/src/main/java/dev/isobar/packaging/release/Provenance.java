package dev.isobar.packaging.release;

import dev.isobar.packaging.oci.Digest;
import dev.isobar.packaging.oci.JsonDocument;
import dev.isobar.packaging.runtime.Component;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a package was made of and how, as a statement of in-toto with SLSA's predicate. It has
 * neither time nor number of a run, so that the same package has the same. Nobody has signed it: it
 * is what its maker says, and whoever made the package signs that.
 *
 * @param wish what was asked for
 * @param sources what it was made of
 * @see <a href="https://slsa.dev/spec/v1.0/provenance">SLSA provenance 1</a>
 */
record Provenance(ReleaseWish wish, Sources sources) {
  private static final String STATEMENT = "https://in-toto.io/Statement/v1";
  private static final String PREDICATE = "https://slsa.dev/provenance/v1";
  private static final String BUILD = Sources.HOME + "/package/v1";
  private static final String BUILDER = Sources.HOME + "/isobar-package";

  /**
   * The document.
   *
   * @param components what is in the package that others made
   */
  String of(MadePackage made, List<Component> components) throws IOException {
    String repository = wish.home().repository(made.kind().title());
    String file = String.valueOf(made.file().getFileName());
    var statement = new LinkedHashMap<String, Object>();
    statement.put("_type", STATEMENT);
    statement.put(
        "subject",
        List.of(subject(repository, made.digest()), subject(file, Digest.of(made.file()))));
    statement.put("predicateType", PREDICATE);
    statement.put("predicate", predicate(made.image().architecture(), components));
    return JsonDocument.of(statement);
  }

  private static Map<String, Object> subject(String name, Digest digest) {
    var subject = new LinkedHashMap<String, Object>();
    subject.put("name", name);
    subject.put("digest", sha256(digest));
    return subject;
  }

  private Map<String, Object> predicate(String architecture, List<Component> components) {
    var asked = new LinkedHashMap<String, Object>();
    asked.put("version", wish.version().tag());
    asked.put("home", wish.home().toString());
    asked.put("architecture", architecture);
    asked.put("cache", wish.rehearsal().isPresent());
    var taken = new ArrayList<Map<String, Object>>();
    taken.add(checkout());
    components.stream().map(Provenance::taken).forEach(taken::add);
    var definition = new LinkedHashMap<String, Object>();
    definition.put("buildType", BUILD);
    definition.put("externalParameters", asked);
    definition.put("resolvedDependencies", taken);
    var predicate = new LinkedHashMap<String, Object>();
    predicate.put("buildDefinition", definition);
    predicate.put("runDetails", Map.of("builder", Map.of("id", BUILDER)));
    return predicate;
  }

  /** Files that differ from the commit have no digest, so then it is only said where they began. */
  private Map<String, Object> checkout() {
    var checkout = new LinkedHashMap<String, Object>();
    checkout.put("name", "sources");
    checkout.put("uri", "git+" + Sources.HOME);
    sources
        .commit()
        .ifPresent(commit -> {
          if (sources.modified()) {
            checkout.put("annotations", Map.of("modifiedFrom", commit));
          } else {
            checkout.put("digest", Map.of("gitCommit", commit));
          }
        });
    return checkout;
  }

  private static Map<String, Object> taken(Component component) {
    var descriptor = new LinkedHashMap<String, Object>();
    descriptor.put("name", component.name());
    component.identity().ifPresent(identity -> descriptor.put("uri", identity));
    component.digest().ifPresent(digest -> descriptor.put("digest", sha256(digest)));
    return descriptor;
  }

  private static Map<String, String> sha256(Digest digest) {
    return Map.of("sha256", digest.hex());
  }
}
