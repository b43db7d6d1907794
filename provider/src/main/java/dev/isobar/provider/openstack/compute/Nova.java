package dev.isobar.provider.openstack.compute;

import dev.isobar.apis.compute.CloudStatus.Quota;
import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.openstack.identity.Dialogue;
import dev.isobar.provider.openstack.identity.Service;
import dev.isobar.provider.openstack.rest.Ask;
import dev.isobar.provider.openstack.rest.HttpAnswer;
import dev.isobar.provider.openstack.rest.Trouble;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Nova, the compute service, in one dialogue. */
public final class Nova {
  /** The most servers Nova gives at once, unless its operator says otherwise. */
  private static final int PAGE = 1000;

  private final Dialogue dialogue;

  /** Nova as this dialogue reaches it. */
  public Nova(Dialogue dialogue) {
    this.dialogue = dialogue;
  }

  /**
   * Servers that carry a tag.
   *
   * @throws Trouble also when a part of the cloud is down and Nova cannot show all
   */
  public List<Server> tagged(String tag) {
    return tagged(tag, UnaryOperator.identity());
  }

  /**
   * The same, page by page.
   *
   * @param keeping what is kept of a server that was read, so that thousands that nobody changed
   *     are not held twice
   */
  public List<Server> tagged(String tag, UnaryOperator<Server> keeping) {
    Ask ask = Ask.get("/servers/detail").with("tags", tag).with("limit", PAGE);
    var shared = new SharedTexts();
    return dialogue.all(Service.COMPUTE, ask, "servers", page -> read(page, shared, keeping));
  }

  private static List<Server> read(
      List<Tree> page, SharedTexts shared, UnaryOperator<Server> keeping) {
    return page.stream()
        .map(server -> Server.of(server, shared))
        .filter(server -> !server.gone())
        .map(Nova::known)
        .map(keeping)
        .toList();
  }

  /** A server by its id; empty when there is none. */
  public Optional<Server> server(String id) {
    HttpAnswer answer = ask(Ask.get(path(id)).tolerating(404));
    return answer.status() == 404
        ? Optional.empty()
        : Optional.of(Server.of(answer.body().at("server")))
            .filter(server -> !server.gone())
            .map(Nova::known);
  }

  /**
   * Makes sure that no part of the cloud is down. Nova leaves servers of a part that is down out of
   * a search, without a word; it shows them, as UNKNOWN, only to who searches for nothing, and only
   * as many as there is room for beside the others on its one page.
   *
   * @return whether that is certain; it is not where the others fill the page
   */
  public boolean requireWhole() {
    Tree page = ask(Ask.get("/servers")).body();
    for (Tree server : page.at("servers").items()) {
      if (server.at("status").text().equals(Optional.of("UNKNOWN"))) {
        throw down(server.at("id").text().orElse(""));
      }
    }
    return page.at("servers_links").items().isEmpty();
  }

  private static Server known(Server server) {
    if (server.unknown()) {
      throw down(server.id());
    }
    return server;
  }

  private static Trouble down(String id) {
    return Trouble.silent(
        new Failure.CloudUnreachable(
            CloudWords.ours(
                "Nova cannot tell how server " + id + " is: the cell it is in does not answer")),
        Trouble.Effect.NONE);
  }

  /**
   * Asks for a server.
   *
   * @param request the body of {@code POST /servers}
   * @return its id
   */
  public String create(Map<String, Object> request) {
    return ask(Ask.make("/servers", request))
        .body()
        .at("server", "id")
        .text()
        .orElseThrow(() ->
            Trouble.silent(
                new Failure.ProviderError(CloudWords.ours("Nova accepted a server without an id")),
                Trouble.Effect.UNKNOWN));
  }

  /** Deletes a server; that it is gone already is as good. */
  public void delete(String id) {
    var _ = ask(Ask.delete(path(id)));
  }

  /** Does something to a server, such as {@code os-stop}. */
  public void act(String id, String action) {
    Map<String, Object> body = new TreeMap<>();
    body.put(action, null);
    var _ = ask(Ask.act(path(id) + "/action", body));
  }

  /** Gives a server a port that no server has. */
  public void attach(String id, String port) {
    Map<String, Object> attachment = Map.of("interfaceAttachment", Map.of("port_id", port));
    var _ = ask(Ask.act(path(id) + "/os-interface", attachment));
  }

  /** Begins to take a port off a server; the port stays. */
  public void detach(String id, String port) {
    var _ = ask(Ask.delete(path(id) + "/os-interface/" + Ask.segment(port)));
  }

  /** Adds metadata, or gives it new values; other keys stay. */
  public void addMetadata(String id, Map<String, String> values) {
    var _ = ask(Ask.act(path(id) + "/metadata", Map.of("metadata", values)));
  }

  /** Removes metadata. */
  public void removeMetadata(String id, String key) {
    var _ = ask(Ask.delete(path(id) + "/metadata/" + Ask.segment(key)));
  }

  /** Gives a server one more tag, unless it has it. */
  public void tag(String id, String tag) {
    var _ = ask(Ask.put(tagPath(id, tag)));
  }

  /** Takes a tag from a server. */
  public void removeTag(String id, String tag) {
    var _ = ask(Ask.delete(tagPath(id, tag)));
  }

  /** All flavors of the project, those that may not be used left out. */
  public List<Flavor> flavors() {
    Ask ask = Ask.get("/flavors/detail").with("limit", PAGE);
    return dialogue.all(Service.COMPUTE, ask, "flavors").stream()
        .filter(flavor -> !flavor.at("OS-FLV-DISABLED:disabled").truth().orElse(false))
        .map(Flavor::of)
        .toList();
  }

  /** Names of zones that take servers. */
  public List<String> zones() {
    return ask(Ask.get("/os-availability-zone")).body().at("availabilityZoneInfo").items().stream()
        .filter(zone -> zone.at("zoneState", "available").truth().orElse(false))
        .flatMap(zone -> zone.at("zoneName").text().stream())
        .toList();
  }

  /** Limits of the project that servers count against. */
  public List<Quota> limits() {
    Tree limits = ask(Ask.get("/limits")).body().at("limits", "absolute");
    return Stream.of(
            quota("cores", limits.at("maxTotalCores"), limits.at("totalCoresUsed")),
            quota("instances", limits.at("maxTotalInstances"), limits.at("totalInstancesUsed")),
            quota("memoryMiB", limits.at("maxTotalRAMSize"), limits.at("totalRAMUsed")))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Quota> quota(String resource, Tree limit, Tree used) {
    return limit.whole().map(most -> new Quota(resource, most, used.whole().orElse(0L)));
  }

  /** Ids of the groups of servers with a name. */
  public List<String> serverGroups(String name) {
    return ask(Ask.get("/os-server-groups").with("limit", PAGE))
        .body()
        .at("server_groups")
        .items()
        .stream()
        .filter(group -> group.at("name").text().equals(Optional.of(name)))
        .flatMap(group -> group.at("id").text().stream())
        .toList();
  }

  /**
   * Makes a key pair of a public key, in the name of the user whose credentials these are; one that
   * is there already stays if it is of the same key, and is replaced if not.
   */
  public void importKey(String name, String publicKey) {
    HttpAnswer known = ask(Ask.get(keyPath(name)).tolerating(404));
    boolean same =
        known
            .body()
            .at("keypair", "public_key")
            .text()
            .filter(key -> key.strip().equals(publicKey.strip()))
            .isPresent();
    if (same) {
      return;
    }
    if (known.status() != 404) {
      removeKey(name);
    }
    Map<String, Object> key =
        Map.of("name", name, "public_key", publicKey.strip() + "\n", "type", "ssh");
    var _ = ask(Ask.make("/os-keypairs", Map.of("keypair", key)));
  }

  /** Names of the key pairs of the user whose credentials these are. */
  public List<String> keys() {
    Ask ask = Ask.get("/os-keypairs").with("limit", PAGE);
    return dialogue.all(Service.COMPUTE, ask, "keypairs").stream()
        .flatMap(one -> one.at("keypair", "name").text().stream())
        .toList();
  }

  /** Removes a key pair. */
  public void removeKey(String name) {
    var _ = ask(Ask.delete(keyPath(name)));
  }

  private HttpAnswer ask(Ask ask) {
    return dialogue.ask(Service.COMPUTE, ask);
  }

  private static String path(String id) {
    return "/servers/" + Ask.segment(id);
  }

  private static String tagPath(String id, String tag) {
    return path(id) + "/tags/" + Ask.segment(tag);
  }

  private static String keyPath(String name) {
    return "/os-keypairs/" + Ask.segment(name);
  }
}
