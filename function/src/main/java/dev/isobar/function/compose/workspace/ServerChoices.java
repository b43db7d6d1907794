package dev.isobar.function.compose.workspace;

import dev.isobar.apis.decode.Nearest;
import dev.isobar.apis.schema.Size;
import dev.isobar.apis.tree.Tree;
import dev.isobar.apis.workspace.GpuWorkspaceSpec;
import dev.isobar.apis.workspace.JupyterHub;
import dev.isobar.apis.workspace.ServerProfile;
import dev.isobar.function.compose.cloud.Machine;
import dev.isobar.function.compose.plan.Mistakes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds the resource that each kind of server asks for. */
final class ServerChoices {
  private final GpuWorkspaceSpec spec;
  private final List<AcceleratorOffer> offers;
  private final List<Machine> plain;
  private final Tree past;
  private final Mistakes mistakes;

  /**
   * The choices of a workspace.
   *
   * @param plain the machines of the cluster without GPUs; empty when not all are known
   * @param past the status of the workspace as it was
   */
  ServerChoices(
      GpuWorkspaceSpec spec,
      List<AcceleratorOffer> offers,
      List<Machine> plain,
      Tree past,
      Mistakes mistakes) {
    this.spec = spec;
    this.offers = offers;
    this.plain = List.copyOf(plain);
    this.past = past;
    this.mistakes = mistakes;
  }

  List<ServerChoice> all() {
    List<ServerProfile> profiles = spec.jupyterhub().map(JupyterHub::profiles).orElse(List.of());
    List<ServerChoice> choices = new ArrayList<>();
    for (int i = 0; i < profiles.size(); i++) {
      choose(profiles.get(i), "spec.jupyterhub.profiles[" + i + "]").ifPresent(choices::add);
    }
    checkFreePlaces(choices);
    return choices;
  }

  /** More places than there are would wait for ever, and hold all nodes there may be. */
  private void checkFreePlaces(List<ServerChoice> choices) {
    var kept = new TreeMap<String, Long>();
    for (ServerChoice choice : choices) {
      int places = choice.profile().placeholders();
      if (places == 0 || choice.offers().isEmpty() || choice.resource().isEmpty()) {
        continue;
      }
      String name = choice.offers().getFirst().name();
      String resource = choice.later().orElse(choice.resource().get());
      long all =
          of(name).stream()
              .flatMap(offer -> Optional.ofNullable(offer.inAll().get(resource)).stream())
              .mapToLong(Integer::longValue)
              .reduce(Long::sum)
              .orElse(Long.MAX_VALUE);
      String what = resource + " of accelerator " + name;
      long free = kept.merge(what, (long) places * choice.count(), Long::sum);
      if (free > all) {
        long fit = Math.max(0, places - Math.ceilDiv(free - all, choice.count()));
        mistakes.add(
            "spec.jupyterhub.profiles[" + place(choice.profile()) + "].placeholders",
            free + " " + what + " are to be kept free, and all its nodes have " + all,
            (fit == 0 ? "keep none" : "keep " + fit + " or fewer") + ", or allow more nodes");
      }
    }
  }

  private int place(ServerProfile profile) {
    return spec.jupyterhub().map(hub -> hub.profiles().indexOf(profile)).orElse(0);
  }

  private Optional<ServerChoice> choose(ServerProfile profile, String path) {
    if (profile.accelerator().isEmpty()) {
      new ServerSizes(profile, path, mistakes).checkPlain(plain);
      return Optional.of(
          new ServerChoice(profile, List.of(), Optional.empty(), 0, Optional.empty()));
    }
    String name = profile.accelerator().get();
    List<AcceleratorOffer> kinds = of(name);
    if (kinds.isEmpty()) {
      mistakes.add(
          path + ".accelerator",
          "there is no accelerator \"" + name + "\"",
          offers.isEmpty()
              ? "add it to spec.accelerators, or remove it for servers without GPUs"
              : Nearest.remedy(
                  name,
                  offers.stream().map(AcceleratorOffer::name).distinct().toList(),
                  "the accelerators are"));
      return Optional.empty();
    }
    AcceleratorOffer offer = AcceleratorOffer.ofAny(kinds);
    new ServerSizes(profile, path, mistakes).check(offer.machines());
    Optional<String> resource = resource(profile, offer, path);
    resource.ifPresent(one -> checkCount(profile, offer, one, path));
    return resource.map(one -> choice(profile, kinds, one));
  }

  private List<AcceleratorOffer> of(String accelerator) {
    return offers.stream().filter(one -> one.name().equals(accelerator)).toList();
  }

  /** While only nodes of before can be had, a server asks for what those offer, if that does. */
  private ServerChoice choice(ServerProfile profile, List<AcceleratorOffer> kinds, String planned) {
    int count = profile.gpus().orElse(1);
    List<AcceleratorOffer> right =
        kinds.stream().filter(one -> one.perNode().getOrDefault(planned, 0) >= count).toList();
    boolean wait =
        right.stream().allMatch(one -> one.earlier().filter(EarlierOffer::serves).isPresent());
    String resource =
        kinds.stream()
            .filter(_ -> wait)
            .flatMap(one -> one.earlier().filter(EarlierOffer::serves).stream())
            .flatMap(earlier -> served(profile, planned, earlier, count).stream())
            .findFirst()
            .orElse(planned);
    List<AcceleratorOffer> there =
        kinds.stream()
            .filter(one ->
                (wait || one.stays())
                    ? one.perNodeNow().getOrDefault(resource, 0) >= count
                    : right.contains(one))
            .toList();
    return new ServerChoice(
        profile,
        there.isEmpty() ? kinds : there,
        Optional.of(resource),
        count,
        Optional.of(planned).filter(later -> !later.equals(resource)));
  }

  /** What is right for it, else what it asked for until now, as its nodes stay for now too. */
  private Optional<String> served(
      ServerProfile profile, String planned, EarlierOffer earlier, int count) {
    Optional<String> right =
        profile.gpuMemory().isPresent()
            ? earlier.with(profile.gpuMemory().get())
            : Optional.of(planned);
    return right
        .filter(one -> earlier.perNode().getOrDefault(one, 0) >= count)
        .or(() -> told(profile).filter(one -> earlier.perNode().getOrDefault(one, 0) >= count));
  }

  private Optional<String> told(ServerProfile profile) {
    return AcceleratorOffers.named(past.at("profiles"), profile.name()).at("resource").text();
  }

  private Optional<String> resource(ServerProfile profile, AcceleratorOffer offer, String path) {
    if (profile.resource().isPresent()) {
      String resource = profile.resource().get();
      if (!offer.perNode().containsKey(resource)) {
        mistakes.add(
            path + ".resource",
            "accelerator " + offer.name() + " does not offer " + resource,
            NearestResource.remedy(resource, offer.perNode().keySet(), "it offers"));
      }
      return profile.resource();
    }
    if (offer.plan().isEmpty()) {
      return before(profile, offer, path);
    }
    if (profile.gpuMemory().isPresent()) {
      return withMemory(profile.gpuMemory().get(), offer, path);
    }
    if (offer.perNode().size() != 1) {
      mistakes.add(
          path + ".gpuMemory",
          "is missing, and accelerator " + offer.name() + " offers several kinds",
          "set it, or resource to one of " + String.join(", ", offer.perNode().keySet()));
    }
    return offer.perNode().keySet().stream().findFirst();
  }

  /** What was chosen while the Cloud still had what it takes to tell. */
  private Optional<String> before(ServerProfile profile, AcceleratorOffer offer, String path) {
    Optional<String> chosen = told(profile).filter(offer.perNode()::containsKey);
    if (chosen.isEmpty()) {
      mistakes.add(
          path + ".gpuMemory",
          "nothing can be said of the GPUs of accelerator " + offer.name() + " any more",
          "set resource instead, to what pods ask for; the platform team must bring its machine"
              + " type back into the Cloud");
    }
    return chosen;
  }

  private Optional<String> withMemory(Size memory, AcceleratorOffer offer, String path) {
    Optional<String> resource = offer.with(memory);
    if (resource.isEmpty()) {
      Optional<Map.Entry<String, Size>> largest = offer.largest();
      mistakes.add(
          path + ".gpuMemory",
          "accelerator " + offer.name() + " has nothing with " + memory.text(),
          largest
              .map(most ->
                  "the largest is "
                      + most.getKey()
                      + " with "
                      + most.getValue().text()
                      + "; ask for that, or divide its GPUs otherwise")
              .orElse("set resource instead, because the memory of its GPUs is not known"));
    }
    return resource;
  }

  private void checkCount(
      ServerProfile profile, AcceleratorOffer offer, String resource, String path) {
    int count = profile.gpus().orElse(1);
    int there = offer.perNode().getOrDefault(resource, count);
    if (count > 1 && offer.one()) {
      mistakes.add(
          path + ".gpus",
          "GPUs of accelerator " + offer.name() + " are shared, and a server gets one part",
          "set it to 1, or remove it");
    } else if (count > there) {
      mistakes.add(
          path + ".gpus",
          "a node of accelerator "
              + offer.name()
              + " has "
              + there
              + " of "
              + resource
              + ", and a server is on one node",
          "set it to " + there + " or less");
    }
  }
}
