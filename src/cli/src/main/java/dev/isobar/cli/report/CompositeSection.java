package dev.isobar.cli.report;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.picture.GpuRow;
import dev.isobar.cli.picture.OfferedResource;
import dev.isobar.cli.picture.Picture;
import dev.isobar.cli.picture.PicturedNode;
import dev.isobar.cli.picture.PicturedPool;
import dev.isobar.cli.render.Rendering;
import dev.isobar.cli.render.Statuses;
import dev.isobar.function.contract.Condition;
import dev.isobar.function.contract.Event;
import dev.isobar.function.contract.Ready;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the page says of one composite. */
final class CompositeSection {
  /** Fields of the status and what they are called. */
  private static final List<Map.Entry<String, String>> FACTS =
      List.of(
          Map.entry("stage", "Stage"),
          Map.entry("version", "Kubernetes"),
          Map.entry("clusterName", "Cluster"),
          Map.entry("namespace", "Namespace"),
          Map.entry("url", "Hub"),
          Map.entry("endpoint", "API"),
          Map.entry("nodes", "Nodes ready"));

  private final Markup out;
  private final String id;
  private final Rendering.Done done;
  private final Picture picture;
  private final Tree status;

  /**
   * A section.
   *
   * @param id that nothing else on the page begins with
   */
  CompositeSection(Markup out, String id, Rendering.Done done, Picture picture) {
    this.out = out;
    this.id = id;
    this.done = done;
    this.picture = picture;
    status = done.composite().tree().at("status");
  }

  /** The heading of a section: the kind, small, and the name. */
  static void heading(Markup out, String id, String subject) {
    int blank = subject.indexOf(' ');
    out.open("h2", "id", id);
    out.element("span", subject.substring(0, Math.max(0, blank)), "class", "kind");
    out.text(subject.substring(blank + 1)).close();
  }

  void write() {
    out.open("section", "aria-labelledby", id);
    heading(out, id, done.subject());
    headline();
    facts();
    pools();
    resources();
    conditions();
    events();
    out.close();
  }

  private void headline() {
    Optional<Condition> ready =
        done.conditions().stream().filter(one -> one.type().equals("Ready")).findFirst();
    boolean isReady = ready.map(one -> one.status() == Condition.Status.TRUE).orElse(false);
    String why =
        status.at("message").text().orElseGet(() -> ready.map(Condition::message).orElse(""));
    out.open("p", "class", "headline");
    out.element(
        "strong",
        isReady ? "Ready" : "Not ready",
        "class",
        "badge " + (isReady ? "good" : "waiting"));
    out.text(" " + why).close();
  }

  private void facts() {
    out.open("dl", "class", "facts");
    for (Map.Entry<String, String> fact : FACTS) {
      status.at(fact.getKey()).text().ifPresent(value -> fact(fact.getValue(), value));
    }
    if (done.composite().claim().isPresent()) {
      fact("Composite", done.composite().identity().words());
    }
    out.close();
  }

  private void fact(String name, String value) {
    out.open("div").element("dt", name).element("dd", value).close();
  }

  private void pools() {
    if (picture.pools().isEmpty()) {
      return;
    }
    out.element("h3", "GPUs");
    for (int i = 0; i < picture.pools().size(); i++) {
      pool(picture.pools().get(i), id + "-pool" + i);
    }
    if (!picture.others().isEmpty()) {
      out.element(
          "p", "Without a GPU: " + String.join(", ", picture.others()) + ".", "class", "note");
    }
    boolean placed =
        picture.pools().stream()
            .flatMap(pool -> pool.nodes().stream())
            .flatMap(node -> node.rows().stream())
            .anyMatch(row -> row.division() instanceof GpuRow.Sliced);
    if (placed) {
      out.element(
          "p",
          "A slice is as wide as its memory; the small squares on it are its compute slices."
              + " Slices are drawn in one order that works: the driver may take another.",
          "class",
          "note");
    }
  }

  private void pool(PicturedPool pool, String name) {
    out.open("figure", "class", "pool");
    out.open("figcaption").element("h4", pool.name());
    out.element("span", caption(pool), "class", "quiet").close();
    if (pool.nodes().stream().anyMatch(node -> !node.rows().isEmpty())) {
      out.open(
          "div",
          "class",
          "drawing",
          "tabindex",
          "0",
          "role",
          "group",
          "aria-label",
          "Picture of " + pool.name());
      PoolSvg.draw(out, name, pool);
      out.close();
    }
    pool.nodes().stream()
        .filter(node -> !node.waste().isEmpty())
        .forEach(node -> out.element("p", waste(node), "class", "note"));
    pool.message().ifPresent(message -> out.element("p", message, "class", "note"));
    offers(pool);
    out.close();
  }

  private static String caption(PicturedPool pool) {
    String pooled =
        pool.foreign()
            ? "pool " + pool.pool() + " of the cluster"
            : "label isobar.dev/pool: " + pool.pool();
    return pool.hardware().isEmpty() ? pooled : pool.hardware() + ", " + pooled;
  }

  private static String waste(PicturedNode node) {
    return (node.note().isEmpty() ? "" : node.note() + ": ") + node.waste() + ".";
  }

  private void offers(PicturedPool pool) {
    if (pool.offers().isEmpty()) {
      return;
    }
    var table = new Table(out, "Resources of " + pool.name());
    table.head("Resource", "#A node", "#All nodes", "Asked for by");
    for (int i = 0; i < pool.offers().size(); i++) {
      OfferedResource offer = pool.offers().get(i);
      table.begin();
      out.open("th", "scope", "row");
      out.element("span", "", "class", "swatch " + Swatches.of(i), "aria-hidden", "true");
      out.element("code", offer.resource()).close();
      table.number(offer.perNode()).number(offer.inAll());
      table.cell(offer.users().isEmpty() ? "\u2013" : String.join(", ", offer.users()));
      table.end();
    }
    table.close();
  }

  private void resources() {
    var graph = ResourceGraph.of(done.resources());
    if (graph.nodes().isEmpty()) {
      return;
    }
    boolean keeps = graph.edges().stream().anyMatch(ResourceGraph.Edge::keeps);
    long ready = done.resources().stream().filter(one -> one.ready() == Ready.TRUE).count();
    out.element("h3", "Resources");
    out.element(
        "p",
        ("%d of %d are ready. All belong to %s; an arrow leads to what a resource refers to."
                + " That most refer to the Cluster is left out.%s")
            .formatted(
                ready,
                done.resources().size(),
                done.composite().identity().words(),
                keeps ? " A Usage, dashed, keeps what it leads to." : ""),
        "class",
        "note");
    out.open(
        "div",
        "class",
        "drawing",
        "tabindex",
        "0",
        "role",
        "group",
        "aria-label",
        "Graph of resources");
    GraphSvg.draw(out, id + "-graph", graph, prefixes());
    out.close();
    out.open("details").element("summary", "All resources as a table");
    table(graph);
    out.close();
  }

  /** With which names begin, the longest first. */
  private List<String> prefixes() {
    String cluster = status.at("clusterName").text().orElse("");
    String claim = done.composite().tree().at("spec", "claimRef", "name").text().orElse("");
    return cluster.isEmpty() ? List.of() : List.of(cluster + "-" + claim + "-", cluster + "-");
  }

  private void table(ResourceGraph graph) {
    var table = new Table(out, "Composed resources");
    table.head("Ready", "Kind", "Name", "Refers to");
    for (ResourceGraph.Node node : graph.nodes()) {
      table.begin();
      out.open("td")
          .element("span", Lights.words(node.ready()), "class", Lights.look(node.ready()))
          .close();
      table.cell(node.identity().kind());
      out.open("td").element("code", node.identity().name()).close();
      table.cell(
          graph.referred(node).stream()
              .map(other -> other.identity().kind() + " " + other.identity().name())
              .collect(Collectors.joining(", ")));
      table.end();
    }
    table.close();
  }

  private void conditions() {
    if (done.conditions().isEmpty()) {
      return;
    }
    out.element("h3", "Conditions");
    var table = new Table(out, "Conditions");
    table.head("Condition", "Status", "Reason", "Message");
    for (Condition one : done.conditions()) {
      table.begin();
      out.element("th", one.type(), "scope", "row");
      out.open("td")
          .element("span", Statuses.word(one.status()), "class", Lights.look(one))
          .close();
      table.cell(one.reason()).cell(one.message()).end();
    }
    table.close();
  }

  private void events() {
    if (done.events().isEmpty()) {
      return;
    }
    out.element("h3", "Results");
    var table = new Table(out, "Results");
    table.head("Severity", "Reason", "Message");
    for (Event one : done.events()) {
      boolean warning = one.severity() == Event.Severity.WARNING;
      table.begin();
      out.open("td")
          .element("span", warning ? "Warning" : "Normal", "class", warning ? "waiting" : "good")
          .close();
      table.cell(one.reason()).cell(one.message()).end();
    }
    table.close();
  }
}
