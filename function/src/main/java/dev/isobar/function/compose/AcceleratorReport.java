package dev.isobar.function.compose;

import dev.isobar.apis.platform.PoolState;
import dev.isobar.apis.tree.Tree;
import dev.isobar.apis.workspace.GpuWorkspaceStatus.AcceleratorState;
import dev.isobar.apis.workspace.GpuWorkspaceStatus.NodeKind;
import dev.isobar.apis.workspace.GpuWorkspaceStatus.ServerState;
import dev.isobar.function.compose.gpu.GpuPlan;
import dev.isobar.function.compose.plan.EarlierGpus;
import dev.isobar.function.compose.plan.ObservedCluster;
import dev.isobar.function.compose.workspace.AcceleratorOffer;
import dev.isobar.function.compose.workspace.ServerChoice;
import dev.isobar.function.compose.workspace.ServerRoom;
import dev.isobar.function.compose.workspace.ShortDrain;
import dev.isobar.function.compose.workspace.WorkspacePlan;
import dev.isobar.function.contract.Condition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** What accelerators offer, and whether kinds of servers can come up on them now. */
final class AcceleratorReport {
  private static final String DEGRADED = "Degraded";

  /** What clouds say when they have no such machine free, as machines repeat it. */
  private static final List<String> NONE_FREE =
      List.of(
          "No valid host was found",
          "InsufficientInstanceCapacity",
          "InsufficientCapacity",
          "ReservationCapacityExceeded",
          "SpotMaxPriceTooLow");

  /**
   * The nodes of an accelerator, whoever they belong to.
   *
   * @param degraded whether nodes that were there are missing
   */
  private record Nodes(
      Optional<String> layout,
      Optional<Integer> wanted,
      Optional<Integer> ready,
      boolean degraded,
      Optional<String> message) {
    static Nodes own(PoolState pool) {
      return new Nodes(
          pool.layout(),
          Optional.of(pool.wanted()),
          Optional.of(pool.ready()),
          pool.state().filter(DEGRADED::equals).isPresent(),
          pool.message());
    }

    static Nodes lent(Tree pool) {
      return new Nodes(
          pool.at("layout").text(),
          pool.at("wanted").whole().map(Math::toIntExact),
          pool.at("ready").whole().map(Math::toIntExact),
          pool.at("state").text().filter(DEGRADED::equals).isPresent(),
          pool.at("message").text());
    }

    /** Whether the cloud had none when it was asked last. */
    boolean noneFree() {
      return message.filter(said -> NONE_FREE.stream().anyMatch(said::contains)).isPresent();
    }

    /** Also of a pool of which nobody has said anything yet. */
    boolean none() {
      return ready.filter(count -> count > 0).isEmpty();
    }
  }

  private final WorkspacePlan plan;
  private final Desired desired;
  private final ObservedCluster observed;
  private final List<PoolState> pools;
  private final ToIntFunction<String> emptied;
  private final Optional<Condition> pause;

  /**
   * The report of a workspace.
   *
   * @param pools the workspace's own
   * @param emptied the nodes of an accelerator that are being emptied
   * @param pause that its whole cluster is paused
   */
  AcceleratorReport(
      WorkspacePlan plan,
      Desired desired,
      ObservedCluster observed,
      List<PoolState> pools,
      ToIntFunction<String> emptied,
      Optional<Condition> pause) {
    this.plan = plan;
    this.desired = desired;
    this.observed = observed;
    this.pools = List.copyOf(pools);
    this.emptied = emptied;
    this.pause = pause;
  }

  List<AcceleratorState> accelerators() {
    var byName = new LinkedHashMap<String, List<AcceleratorOffer>>();
    for (AcceleratorOffer offer : plan.accelerators()) {
      byName.computeIfAbsent(offer.name(), _ -> new ArrayList<>()).add(offer);
    }
    return byName.values().stream().map(this::accelerator).toList();
  }

  private AcceleratorState accelerator(List<AcceleratorOffer> offers) {
    var inAll = new TreeMap<String, Integer>();
    offers.forEach(offer ->
        offer.inAllNow().forEach((resource, count) -> inAll.merge(resource, count, Integer::sum)));
    List<NodeKind> kinds = offers.stream().map(this::kind).toList();
    String name = offers.getFirst().name();
    int going = emptied.applyAsInt(name);
    Optional<String> drain = ShortDrain.told(plan, name, offers.getFirst().pool());
    return new AcceleratorState(
        name,
        inAll,
        sum(kinds, kind -> kind.wastedComputeSlices().map(waste -> waste * kind.most())),
        sum(kinds, kind -> kind.wastedMemorySlices().map(waste -> waste * kind.most())),
        sum(kinds, NodeKind::wanted),
        sum(kinds, NodeKind::ready),
        Optional.of(going).filter(nodes -> nodes > 0),
        message(kinds, going)
            .map(said -> drain.map(more -> said + "; " + more).orElse(said))
            .or(() -> drain),
        kinds);
  }

  /** Of all kinds together; empty when of none it is known. */
  private static Optional<Integer> sum(
      List<NodeKind> kinds, Function<NodeKind, Optional<Integer>> number) {
    return kinds.stream().flatMap(kind -> number.apply(kind).stream()).reduce(Integer::sum);
  }

  /**
   * What there is to say of all kinds, and how many nodes they lack together.
   *
   * @param going nodes that are being emptied besides
   */
  private static Optional<String> message(List<NodeKind> kinds, int going) {
    List<String> messages = new ArrayList<>();
    int ready = sum(kinds, NodeKind::ready).orElse(0);
    if (going > 0) {
      messages.add(
          Farewell.nodes(ready + (long) going)
              + " ready or going, "
              + going
              + " of them on top of nodes.max until emptied");
    }
    int wanted = sum(kinds, NodeKind::wanted).orElse(0);
    Optional<String> coming = new NodeCount(wanted, Math.min(wanted, ready)).coming();
    boolean alike = kinds.stream().map(NodeKind::message).distinct().count() == 1;
    if (kinds.size() == 1 || (alike && coming.isEmpty())) {
      kinds.getFirst().message().ifPresent(messages::add);
    } else {
      coming.ifPresent(messages::add);
      kinds.forEach(kind ->
          kind.message().ifPresent(text -> messages.add("pool " + kind.pool() + ": " + text)));
    }
    return messages.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", messages));
  }

  private NodeKind kind(AcceleratorOffer offer) {
    Optional<GpuPlan> divided = offer.planNow().filter(gpu -> !gpu.layouts().isEmpty());
    Nodes nodes = nodes(offer);
    return new NodeKind(
        offer.pool(),
        nodes.layout(),
        offer.perNodeNow(),
        divided.map(GpuPlan::wastedComputeSlices),
        divided.map(GpuPlan::wastedMemorySlices),
        offer.most(),
        nodes.wanted(),
        nodes.ready(),
        nodes.message());
  }

  ServerState server(ServerChoice server) {
    Optional<String> why =
        server.offers().isEmpty()
            ? plan.nowhere()
            : ofAll(server, offer -> unschedulable(offer).or(() -> awaited(server, offer)));
    Optional<String> first =
        ofAll(server, offer -> until(server, offer).or(() -> startsNode(offer)));
    return new ServerState(
        server.profile().name(),
        server.resource(),
        server.resource().map(_ -> server.count()),
        why.isEmpty(),
        why.or(() -> first).or(() -> ServerRoom.small(server)));
  }

  /** What is to be said of a server, if that is so wherever it may run. */
  private static Optional<String> ofAll(
      ServerChoice server, Function<AcceleratorOffer, Optional<String>> said) {
    List<Optional<String>> all = server.offers().stream().map(said).toList();
    return all.stream().allMatch(Optional::isPresent)
        ? all.stream().flatMap(Optional::stream).findFirst()
        : Optional.empty();
  }

  private Optional<String> unschedulable(AcceleratorOffer offer) {
    if (offer.most() == 0) {
      return Optional.of("accelerator " + offer.name() + " may have no nodes");
    }
    Optional<String> held = Optional.ofNullable(desired.held().get(offer.pool()));
    if (held.isPresent()) {
      return Optional.of("accelerator " + offer.name() + " " + held.get());
    }
    Nodes nodes = nodes(offer);
    if (!nodes.none()) {
      return Optional.empty();
    }
    return pause
        .map(Condition::message)
        .or(() -> stopped(offer))
        .or(() ->
            nodes
                .message()
                .filter(_ -> nodes.degraded() || nodes.noneFree())
                .map(message -> "accelerator " + offer.name() + " has no node: " + message));
  }

  /** That nodes with what it asks for come only after those that are there. */
  private Optional<String> awaited(ServerChoice server, AcceleratorOffer offer) {
    String resource = server.resource().orElse("");
    return offer
        .earlier()
        .filter(earlier ->
            switch (earlier.stage()) {
              case SERVING -> !earlier.perNode().containsKey(resource);
              case DRAINED -> true;
              case LEAVING -> false;
            })
        .map(earlier ->
            "accelerator "
                + offer.name()
                + (earlier.stage() == EarlierGpus.Stage.DRAINED
                    ? " has one node, which is drained until another comes"
                    : " has no node with " + resource + " yet")
                + nodes(offer).message().map(message -> "; " + message).orElse(""));
  }

  /** That it asks for what nodes of before offer. */
  private Optional<String> until(ServerChoice server, AcceleratorOffer offer) {
    return server
        .later()
        .map(later ->
            "asks for "
                + server.resource().orElse("")
                + " until nodes with "
                + later
                + " are there"
                + nodes(offer).message().map(message -> "; " + message).orElse(""));
  }

  /** That somebody stopped its MachineDeployments. */
  private Optional<String> stopped(AcceleratorOffer offer) {
    return ForeignPauses.of(
        plan.nodes(),
        observed.deployments(offer.pool()).stream().filter(ForeignPauses::stopped).toList());
  }

  /** The first server of a pool without nodes waits for one. */
  private Optional<String> startsNode(AcceleratorOffer offer) {
    Nodes nodes = nodes(offer);
    return nodes.none()
        ? Optional.of(
            nodes
                .message()
                .map(message -> "a node is made first; " + message)
                .orElse("a node is made first, which takes some minutes"))
        : Optional.empty();
  }

  private Nodes nodes(AcceleratorOffer offer) {
    return pools.stream()
        .filter(pool -> pool.name().equals(offer.pool()))
        .findFirst()
        .map(Nodes::own)
        .orElseGet(() -> Nodes.lent(offer.lent()));
  }
}
