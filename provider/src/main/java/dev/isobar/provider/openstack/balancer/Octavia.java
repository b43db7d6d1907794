package dev.isobar.provider.openstack.balancer;

import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.openstack.identity.Dialogue;
import dev.isobar.provider.openstack.identity.Service;
import dev.isobar.provider.openstack.rest.Ask;
import java.util.List;
import java.util.Optional;

/** Octavia, the service for load balancers, in one dialogue. */
public final class Octavia {
  private static final int PAGE = 500;

  private final Dialogue dialogue;

  /** Octavia as this dialogue reaches it. */
  public Octavia(Dialogue dialogue) {
    this.dialogue = dialogue;
  }

  /**
   * A load balancer.
   *
   * @param tags what those who use it wrote on it
   * @param port id of the port that has its address
   * @param idle whether Octavia is not in the middle of changing it
   */
  public record Balancer(
      String id, String name, List<String> tags, Optional<String> port, boolean idle) {
    private static Balancer of(Tree one) {
      return new Balancer(
          one.at("id").text().orElse(""),
          one.at("name").text().orElse(""),
          one.at("tags").items().stream().flatMap(tag -> tag.text().stream()).toList(),
          one.at("vip_port_id").text().filter(id -> !id.isEmpty()),
          !one.at("provisioning_status").text().orElse("").startsWith("PENDING_"));
    }
  }

  /** All of a project whose name begins like this; none where the cloud balances nothing. */
  public List<Balancer> named(String project, String beginning) {
    if (!dialogue.has(Service.LOAD_BALANCER)) {
      return List.of();
    }
    Ask ask = Ask.get("/lbaas/loadbalancers").with("project_id", project).with("limit", PAGE);
    return dialogue.all(
        Service.LOAD_BALANCER,
        ask,
        "loadbalancers",
        page ->
            page.stream()
                .map(Balancer::of)
                .filter(one -> one.name().startsWith(beginning))
                .toList());
  }

  /** Begins to delete one, with its listeners, pools and monitors. */
  public void delete(String id) {
    Ask ask = Ask.delete("/lbaas/loadbalancers/" + Ask.segment(id)).with("cascade", true);
    var _ = dialogue.ask(Service.LOAD_BALANCER, ask);
  }
}
