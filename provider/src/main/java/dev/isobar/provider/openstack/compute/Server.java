package dev.isobar.provider.openstack.compute;

import dev.isobar.apis.tree.Tree;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A server as Nova shows it.
 *
 * @param status such as ACTIVE
 * @param task what is being done to it, such as powering-off
 * @param metadata its keys and values
 * @param tags words it carries, which Nova can search for
 * @param locked whether Nova refuses to change or delete it
 * @param securityGroups names over all its ports, each once
 * @param created when Nova accepted it
 * @param updated when it changed last
 * @param host how the service of its host is, where Nova shows that: UP, DOWN, MAINTENANCE, UNKNOWN
 * @param launched whether it ever ran
 * @param fault why it is in status ERROR
 * @param volumes ids of attached volumes
 */
public record Server(
    String id,
    String status,
    Optional<String> task,
    SortedMap<String, String> metadata,
    SortedSet<String> tags,
    boolean locked,
    SortedSet<String> securityGroups,
    Instant created,
    Instant updated,
    Optional<String> host,
    boolean launched,
    Optional<String> fault,
    Optional<String> zone,
    Flavor flavor,
    Optional<String> image,
    List<Address> addresses,
    List<String> volumes) {
  /**
   * An address of a server.
   *
   * @param network its name
   * @param floating whether it is a public one that leads to a fixed one
   */
  public record Address(String network, String address, Optional<String> mac, boolean floating) {}

  /** Reads a server that is looked at by itself. */
  static Server of(Tree server) {
    return of(server, new SharedTexts());
  }

  /** Reads an entry of {@code GET /servers/detail}. */
  static Server of(Tree server, SharedTexts shared) {
    return new Server(
        text(server, "id"),
        shared.of(text(server, "status")),
        server.at("OS-EXT-STS:task_state").text(),
        texts(server.at("metadata"), shared),
        words(server.at("tags"), shared),
        server.at("locked").truth().orElse(false),
        names(server.at("security_groups"), shared),
        time(server.at("created")),
        time(server.at("updated")),
        server.at("host_status").text().map(shared::of),
        server.at("OS-SRV-USG:launched_at").text().isPresent(),
        server.at("fault", "message").text(),
        server
            .at("OS-EXT-AZ:availability_zone")
            .text()
            .filter(zone -> !zone.isEmpty())
            .map(shared::of),
        Flavor.inServer(server.at("flavor"), shared),
        server.at("image", "id").text().map(shared::of),
        addresses(server.at("addresses"), shared),
        volumes(server.at("os-extended-volumes:volumes_attached")));
  }

  private static String text(Tree server, String field) {
    return server.at(field).text().orElse("");
  }

  static SortedMap<String, String> texts(Tree object, SharedTexts shared) {
    SortedMap<String, String> texts = new TreeMap<>();
    for (String field : object.fields()) {
      object.at(field).text().ifPresent(value -> texts.put(shared.of(field), shared.of(value)));
    }
    return texts;
  }

  private static SortedSet<String> words(Tree list, SharedTexts shared) {
    SortedSet<String> words = new TreeSet<>();
    list.items().forEach(item -> item.text().map(shared::of).ifPresent(words::add));
    return words;
  }

  private static SortedSet<String> names(Tree list, SharedTexts shared) {
    SortedSet<String> names = new TreeSet<>();
    list.items().forEach(item -> item.at("name").text().map(shared::of).ifPresent(names::add));
    return names;
  }

  private static Instant time(Tree field) {
    try {
      return field.text().map(Instant::parse).orElse(Instant.EPOCH);
    } catch (DateTimeException _) {
      return Instant.EPOCH; // older than anything, so that nobody waits for it to age
    }
  }

  private static List<Address> addresses(Tree networks, SharedTexts shared) {
    List<Address> addresses = new ArrayList<>();
    for (String network : networks.fields()) {
      for (Tree one : networks.at(network).items()) {
        addresses.add(
            new Address(
                shared.of(network),
                text(one, "addr"),
                one.at("OS-EXT-IPS-MAC:mac_addr").text(),
                one.at("OS-EXT-IPS:type").text().equals(Optional.of("floating"))));
      }
    }
    return List.copyOf(addresses);
  }

  private static List<String> volumes(Tree attached) {
    return attached.items().stream().flatMap(one -> one.at("id").text().stream()).sorted().toList();
  }

  /** Whether Nova has it no more, though it may still tell of it. */
  public boolean gone() {
    return status.equals("DELETED") || status.equals("SOFT_DELETED");
  }

  /** Whether Nova cannot say how it is, because the part of the cloud it is in does not answer. */
  public boolean unknown() {
    return status.isEmpty() || status.equals("UNKNOWN");
  }

  /** A value of its metadata. */
  public Optional<String> metadata(String key) {
    return Optional.ofNullable(metadata.get(key));
  }
}
