package dev.isobar.packaging.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * A jar where Maven keeps it: in a folder that is called as its version, within one that is called
 * as its artifact, beside the POM that says its group. Whatever is above may have any name.
 *
 * @param classifier which of an artifact's jars it is; empty for the usual one
 */
record MavenJar(String group, String artifact, String version, String classifier) {
  private static final String ENDING = ".jar";
  private static final int LEAST_DEPTH = 3;

  /** Whether a document type is fetched from where a POM says that it is. */
  private static final String FETCHING =
      "http://apache.org/xml/features/nonvalidating/load-external-dtd";

  /** What is known of a jar; empty for one that is elsewhere. */
  static Optional<MavenJar> of(Path jar) throws IOException {
    Path place = jar.toAbsolutePath();
    int depth = place.getNameCount();
    if (depth < LEAST_DEPTH) {
      return Optional.empty();
    }
    String artifact = place.getName(depth - 3).toString();
    String version = place.getName(depth - 2).toString();
    String file = place.getName(depth - 1).toString();
    String title = artifact + "-" + version;
    Path pom = place.resolveSibling(title + ".pom");
    if (!file.startsWith(title) || !Files.isRegularFile(pom)) {
      return Optional.empty();
    }
    String rest = file.substring(title.length());
    if (!rest.matches("(-.+)?\\.jar")) {
      return Optional.empty();
    }
    String classifier = rest.substring(0, rest.length() - ENDING.length()).replaceFirst("^-", "");
    return group(pom).map(group -> new MavenJar(group, artifact, version, classifier));
  }

  /** Its package URL. */
  String identity() {
    String qualifier = classifier.isEmpty() ? "" : "?classifier=" + classifier;
    return "pkg:maven/%s/%s@%s%s"
        .formatted(group, artifact, version.replace("+", "%2B"), qualifier);
  }

  /** A POM that names no group has its parent's. */
  private static Optional<String> group(Path pom) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
      factory.setFeature(FETCHING, false);
      Document document = factory.newDocumentBuilder().parse(pom.toFile());
      Element project = Objects.requireNonNull(document.getDocumentElement());
      return child(project, "groupId")
          .or(() -> child(project, "parent").flatMap(parent -> child(parent, "groupId")))
          .map(named -> String.valueOf(named.getTextContent()).strip());
    } catch (ParserConfigurationException | SAXException unreadable) {
      throw new IOException("cannot read " + pom, unreadable);
    }
  }

  private static Optional<Element> child(Element parent, String name) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        return Optional.of(element);
      }
    }
    return Optional.empty();
  }
}
