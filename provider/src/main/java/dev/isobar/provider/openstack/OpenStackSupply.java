package dev.isobar.provider.openstack;

import dev.isobar.apis.compute.CloudStatus.Quota;
import dev.isobar.apis.compute.GpuMark;
import dev.isobar.apis.compute.MachineType;
import dev.isobar.apis.schema.Size;
import dev.isobar.provider.external.ListedImage;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Supply;
import dev.isobar.provider.openstack.compute.Flavor;
import dev.isobar.provider.openstack.compute.Nova;
import dev.isobar.provider.openstack.identity.Dialogue;
import dev.isobar.provider.openstack.identity.Session;
import dev.isobar.provider.openstack.image.Glance;
import dev.isobar.provider.openstack.network.Neutron;
import dev.isobar.provider.openstack.rest.Deadline;
import dev.isobar.provider.openstack.rest.Trouble;
import dev.isobar.provider.openstack.volume.Cinder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a project may have: flavors, images, zones, limits. */
final class OpenStackSupply implements Supply {
  /** The port's minute, with something left for the way back. */
  private static final Duration MINUTE = Duration.ofSeconds(55);

  private final Session session;
  private final InstantSource clock;

  OpenStackSupply(Session session, InstantSource clock) {
    this.session = session;
    this.clock = clock;
  }

  @Override
  public Response<List<MachineType>> machineTypes(List<GpuMark> marks) {
    return answer(dialogue ->
        new Nova(dialogue).flavors().stream().map(flavor -> machineType(flavor, marks)).toList());
  }

  /** A flavor without processors of its own is one of bare metal, whose machines tell later. */
  private static MachineType machineType(Flavor flavor, List<GpuMark> marks) {
    return new MachineType(
        flavor.name(),
        Optional.of(flavor.cpu()).filter(cpus -> cpus > 0),
        Optional.of(flavor.memory())
            .filter(memory -> memory > 0)
            .map(memory -> new Size(memory + "Mi").canonical()),
        Optional.of(new Size(flavor.disk() + "Gi")),
        FlavorReading.architecture(flavor),
        MarkedGpus.of(flavor, marks),
        Optional.empty(),
        List.of());
  }

  @Override
  public Response<List<ListedImage>> images(List<String> owners) {
    return answer(dialogue -> new Glance(dialogue).images(owners));
  }

  @Override
  public Response<List<String>> zones() {
    return answer(dialogue -> new Nova(dialogue).zones());
  }

  @Override
  public Response<List<Quota>> quota(Facility facility) {
    return answer(dialogue ->
        switch (facility) {
          case MACHINES -> new Nova(dialogue).limits();
          case VOLUMES -> new Cinder(dialogue).limits();
          case NETWORKS -> new Neutron(dialogue).quota(dialogue.project());
        });
  }

  private <T> Response<T> answer(Function<Dialogue, T> question) {
    try {
      return Response.of(question.apply(session.within(Deadline.in(MINUTE, clock), List.of())));
    } catch (Trouble trouble) {
      return Response.failed(trouble.failure());
    }
  }
}
