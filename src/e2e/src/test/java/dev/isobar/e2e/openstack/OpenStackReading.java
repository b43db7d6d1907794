package dev.isobar.e2e.openstack;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isobar.apis.tree.Tree;
import dev.isobar.testbed.openstack.OpenStackCloud;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What there is in a project, read by its member and without any code of the provider's; and the
 * one thing that only members can make for it.
 */
public final class OpenStackReading {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LOGIN =
      """
      {"auth": {
        "identity": {"methods": ["password"], "password": {"user":
          {"name": "%1$s", "password": "%1$s", "domain": {"name": "Default"}}}},
        "scope": {"project": {"name": "%1$s", "domain": {"name": "Default"}}}}}
      """;

  private final HttpClient http = HttpClient.newHttpClient();
  private final OpenStackCloud cloud;
  private final String token;

  /** Logs in. */
  public OpenStackReading(OpenStackCloud cloud, String project) {
    this.cloud = cloud;
    HttpResponse<String> login =
        send(
            HttpRequest.newBuilder(URI.create(cloud.address("keystone") + "/v3/auth/tokens"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(LOGIN.formatted(project))));
    token = login.headers().firstValue("X-Subject-Token").orElseThrow();
  }

  /** Its servers. */
  public List<Tree> servers() {
    return get("nova", "/v2.1/servers/detail").at("servers").items();
  }

  /** Also those that are gone. */
  public List<Tree> serversEver() {
    return get("nova", "/v2.1/servers/detail?changes-since=2000-01-01T00:00:00Z")
        .at("servers")
        .items();
  }

  /** One server; to the administrator any, with what nobody else is shown. */
  Tree server(String id) {
    return get("nova", "/v2.1/servers/" + id).at("server");
  }

  /** Makes a group of servers of which no two may be on one host; answers its id. */
  String apart(String name) {
    HttpResponse<String> answer =
        send(
            asking("nova", "/v2.1/os-server-groups")
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        """
                        {"server_group": {"name": "%s", "policy": "anti-affinity"}}
                        """
                            .formatted(name))));
    return read(answer).at("server_group", "id").text().orElseThrow();
  }

  /** Its ports. */
  public List<Tree> ports() {
    return ofNeutron("ports");
  }

  /** Its public addresses. */
  public List<Tree> floatingAddresses() {
    return ofNeutron("floatingips");
  }

  /** The kind and id of each thing of its networks; also of networks of others that it sees. */
  List<String> wires() {
    List<String> all = new ArrayList<>();
    for (String kind : List.of("networks", "subnets", "routers", "ports", "security-groups")) {
      ofNeutron(kind).forEach(one -> all.add(kind + " " + one.at("id").text().orElse("")));
    }
    return all;
  }

  private List<Tree> ofNeutron(String kind) {
    return get("neutron", "/v2.0/" + kind).at(kind.replace('-', '_')).items();
  }

  /** Its member's keys. */
  public List<Tree> keyPairs() {
    return get("nova", "/v2.1/os-keypairs").at("keypairs").items().stream()
        .map(entry -> entry.at("keypair"))
        .toList();
  }

  private Tree get(String service, String path) {
    return read(send(asking(service, path)));
  }

  private HttpRequest.Builder asking(String service, String path) {
    return HttpRequest.newBuilder(URI.create(cloud.address(service) + path))
        .header("X-Auth-Token", token)
        .header("OpenStack-API-Version", "compute 2.90");
  }

  private static Tree read(HttpResponse<String> answer) {
    try {
      return Tree.of(JSON.readValue(answer.body(), Map.class));
    } catch (IOException garbled) {
      throw new UncheckedIOException(garbled);
    }
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new AssertionError(answer + ": " + answer.body());
      }
      return answer;
    } catch (IOException unreachable) {
      throw new UncheckedIOException(unreachable);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }
}
