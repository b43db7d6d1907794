package dev.isobar.e2e.openstack;

import dev.isobar.testbed.openstack.OpenStackCloud;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The cloud's administrator, who makes and removes flavors, images and what is of networks. */
final class Operator implements AutoCloseable {
  private static final String LOGIN =
      """
      {"auth": {
        "identity": {"methods": ["password"], "password": {"user":
          {"name": "admin", "password": "admin", "domain": {"name": "Default"}}}},
        "scope": {"project": {"name": "admin", "domain": {"name": "Default"}}}}}
      """;

  private static final Pattern ID = Pattern.compile("\"id\": *\"([0-9a-f-]{36})\"");

  private final OpenStackCloud cloud;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> made = new ArrayList<>();
  private final String token;

  Operator(OpenStackCloud cloud) {
    this.cloud = cloud;
    token =
        send(request(cloud.address("keystone") + "/v3/auth/tokens")
                .POST(BodyPublishers.ofString(LOGIN)))
            .headers()
            .firstValue("X-Subject-Token")
            .orElseThrow();
  }

  /**
   * Makes a flavor.
   *
   * @param alias of its GPUs with their number; none when empty
   */
  void offer(String name, int cpus, int gibibytes, int disk, String alias) {
    String flavors = cloud.address("nova") + "/v2.1/flavors";
    post(
        flavors,
        """
        {"flavor": {"id": "%s", "name": "%s", "vcpus": %d, "ram": %d, "disk": %d}}
        """
            .formatted(name, name, cpus, gibibytes << 10, disk));
    made.add(flavors + "/" + name);
    if (!alias.isEmpty()) {
      post(
          flavors + "/" + name + "/os-extra_specs",
          "{\"extra_specs\": {\"pci_passthrough:alias\": \"%s\"}}".formatted(alias));
    }
  }

  /** Removes a flavor. */
  void withdrawFlavor(String name) {
    remove(cloud.address("nova") + "/v2.1/flavors/" + name);
  }

  /** Uploads an image that everybody sees. */
  void upload(String id, String name) {
    String images = cloud.address("glance") + "/v2/images";
    post(
        images,
        """
        {"id": "%s", "name": "%s", "disk_format": "raw", "container_format": "bare",
         "visibility": "public"}
        """
            .formatted(id, name));
    made.add(images + "/" + id);
    var _ =
        send(
            request(images + "/" + id + "/file")
                .setHeader("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofByteArray(new byte[1024])));
  }

  /** Removes an image. */
  void withdrawImage(String id) {
    remove(cloud.address("glance") + "/v2/images/" + id);
  }

  /** Takes a public address for a project, whose it is from then on; answers its id. */
  String address(String project, String description) {
    return network(
        "floatingip",
        """
        {"floatingip": {"floating_network_id": "%s", "project_id": "%s", "description": "%s"}}
        """
            .formatted(cloud.id("outside"), project, description));
  }

  /** The same, of which what comes in goes to a port. */
  String address(String project, String description, String port) {
    return network(
        "floatingip",
        """
        {"floatingip": {"floating_network_id": "%s", "project_id": "%s", "description": "%s",
         "port_id": "%s"}}
        """
            .formatted(cloud.id("outside"), project, description, port));
  }

  /** Takes a port from the server that has it, as Nova does, clearing up after another one. */
  void unbinds(String port) {
    String body =
        """
        {"port": {"device_id": "", "device_owner": "", "binding:host_id": null}}
        """;
    var _ =
        send(
            request(cloud.address("neutron") + "/v2.0/ports/" + port)
                .PUT(BodyPublishers.ofString(body)));
  }

  /** Stops a server, as one is told to whose interface Nova cannot attach while it runs. */
  void stops(String server) {
    post(cloud.address("nova") + "/v2.1/servers/" + server + "/action", "{\"os-stop\": null}");
  }

  /** A network of a project with a port in it, and a router between it and the outside. */
  record Routed(String network, String subnet, String router, String port) {}

  /** Makes a network as Cluster API's OpenStack provider does, and a port for a balancer. */
  Routed routed(String project) {
    String network =
        network("network", "{\"network\": {\"project_id\": \"%s\"}}".formatted(project));
    String subnet =
        network(
            "subnet",
            """
            {"subnet": {"network_id": "%s", "project_id": "%s", "ip_version": 4,
             "cidr": "10.79.0.0/24"}}
            """
                .formatted(network, project));
    String router =
        network(
            "router",
            """
            {"router": {"project_id": "%s", "external_gateway_info": {"network_id": "%s"}}}
            """
                .formatted(project, cloud.id("outside")));
    var routed =
        new Routed(
            network,
            subnet,
            router,
            network(
                "port",
                """
                {"port": {"network_id": "%s", "project_id": "%s"}}
                """
                    .formatted(network, project)));
    var _ = send(interfaces(routed, "add"));
    return routed;
  }

  /** Takes the router off its subnet, with which a network begins to go; answers the status. */
  int takesRouterOff(Routed routed) {
    return answer(interfaces(routed, "remove").build()).statusCode();
  }

  /** Removes all of it, once the router is off. */
  void removes(Routed routed) {
    String neutron = cloud.address("neutron") + "/v2.0/";
    remove(neutron + "routers/" + routed.router());
    remove(neutron + "ports/" + routed.port());
    remove(neutron + "networks/" + routed.network());
  }

  private HttpRequest.Builder interfaces(Routed routed, String what) {
    return request(
            cloud.address("neutron")
                + "/v2.0/routers/%s/%s_router_interface".formatted(routed.router(), what))
        .PUT(BodyPublishers.ofString("{\"subnet_id\": \"%s\"}".formatted(routed.subnet())));
  }

  /** Makes a security group, which is the project's from then on; answers its id. */
  String securityGroup(String project, String name, String description) {
    return network(
        "security_group",
        """
        {"security_group": {"name": "%s", "project_id": "%s", "description": "%s"}}
        """
            .formatted(name, project, description));
  }

  private String network(String kind, String body) {
    String all = cloud.address("neutron") + "/v2.0/" + kind.replace('_', '-') + "s";
    String answer = send(request(all).POST(BodyPublishers.ofString(body))).body();
    Matcher id = ID.matcher(answer);
    if (!id.find()) {
      throw new AssertionError(answer);
    }
    return id.group(1);
  }

  /** Removes everything it made that is still there. */
  @Override
  public void close() {
    List.copyOf(made).forEach(this::remove);
    http.close();
  }

  private void remove(String address) {
    made.remove(address);
    var _ = send(request(address).DELETE());
  }

  private void post(String address, String body) {
    var _ = send(request(address).POST(BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String address) {
    var request =
        HttpRequest.newBuilder(URI.create(address)).setHeader("Content-Type", "application/json");
    return token == null ? request : request.setHeader("X-Auth-Token", token);
  }

  private HttpResponse<String> send(HttpRequest.Builder builder) {
    HttpRequest request = builder.build();
    HttpResponse<String> answer = answer(request);
    if (answer.statusCode() >= 300) {
      throw new AssertionError(
          request.method()
              + " "
              + request.uri()
              + ": "
              + answer.statusCode()
              + " "
              + answer.body());
    }
    return answer;
  }

  private HttpResponse<String> answer(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException | InterruptedException failed) {
      throw new AssertionError(request + " failed", failed);
    }
  }
}
