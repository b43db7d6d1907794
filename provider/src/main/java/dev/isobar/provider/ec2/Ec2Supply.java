package dev.isobar.provider.ec2;

import dev.isobar.apis.compute.CloudStatus.Quota;
import dev.isobar.apis.compute.GpuMark;
import dev.isobar.apis.compute.MachineType;
import dev.isobar.provider.external.ListedImage;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Supply;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.AccountAttribute;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.AvailabilityZoneState;
import software.amazon.awssdk.services.ec2.model.DescribeAccountAttributesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;

/** What an account may have in its region. */
final class Ec2Supply implements Supply {
  private static final String SELF = "self";
  private static final String ZONE = "availability-zone";
  private static final String ADDRESSES = "vpc-max-elastic-ips";
  private static final int PAGE = 1000;

  /** Tags of other accounts' images are not shown, so only their names can tell. */
  private static final Filter TELLING =
      Filter.builder()
          .name("name")
          .values("capa-ami-*", "*kube-*", "*kubernetes-*", "*k8s-*")
          .build();

  private static final Filter AVAILABLE =
      Filter.builder().name("state").values("available").build();

  private final Ec2Calls calls;
  private final TypeCatalogue types;
  private final EveryPage pages;
  private final TypeOfferings offerings;
  private final InstantSource clock;

  Ec2Supply(Ec2Calls calls, TypeCatalogue types, InstantSource clock) {
    this.calls = calls;
    this.types = types;
    this.clock = clock;
    pages = new EveryPage(calls, clock);
    offerings = new TypeOfferings(pages, clock);
  }

  @Override
  public Response<List<MachineType>> machineTypes(List<GpuMark> marks) {
    var all = types.all();
    if (!(all instanceof Response.Answered<List<TypeFacts>>(var described))) {
      return failed(all);
    }
    var offered = offerings.zones();
    if (!(offered instanceof Response.Answered<Map<String, SortedSet<String>>>(var zones))) {
      return failed(offered);
    }
    var open = zones();
    return switch (open) {
      case Response.Failed<List<String>>(var failure) -> Response.failed(failure);
      case Response.Answered<List<String>>(var names) ->
          Response.of(
              described.stream()
                  .filter(TypeFacts::runsNodes)
                  .flatMap(type -> machineType(type, zones, names).stream())
                  .toList());
    };
  }

  private static Optional<MachineType> machineType(
      TypeFacts type, Map<String, SortedSet<String>> offered, List<String> open) {
    SortedSet<String> zones = new TreeSet<>(offered.getOrDefault(type.name(), new TreeSet<>()));
    zones.retainAll(open);
    return zones.isEmpty()
        ? Optional.empty()
        : Optional.of(type.machineType(zones.containsAll(open) ? List.of() : List.copyOf(zones)));
  }

  @Override
  public Response<List<ListedImage>> images(List<String> owners) {
    List<DescribeImagesRequest> requests = new ArrayList<>();
    if (owners.isEmpty() || owners.contains(SELF)) {
      requests.add(DescribeImagesRequest.builder().owners(SELF).filters(AVAILABLE).build());
    }
    List<String> others = owners.stream().filter(owner -> !owner.equals(SELF)).toList();
    if (!others.isEmpty()) {
      requests.add(
          DescribeImagesRequest.builder().owners(others).filters(AVAILABLE, TELLING).build());
    }
    List<ListedImage> all = new ArrayList<>();
    for (DescribeImagesRequest request : requests) {
      switch (images(request)) {
        case Response.Failed<List<Image>>(var failure) -> {
          return Response.failed(failure);
        }
        case Response.Answered<List<Image>>(var found) ->
            found.stream().filter(this::current).map(Ec2Supply::listed).forEach(all::add);
      }
    }
    return Response.of(List.copyOf(all));
  }

  private Response<List<Image>> images(DescribeImagesRequest request) {
    return pages.of(
        "images",
        (ec2, token) ->
            ec2.describeImages(request.toBuilder().maxResults(PAGE).nextToken(token).build()),
        DescribeImagesResponse::images,
        DescribeImagesResponse::nextToken);
  }

  /** EC2 shows deprecated images to their owners only, and still starts machines from them. */
  private boolean current(Image image) {
    return image.deprecationTime() == null
        || image.deprecationTime().compareTo(clock.instant().toString()) > 0; // in RFC 3339
  }

  private static ListedImage listed(Image image) {
    Map<String, String> marks = new HashMap<>();
    image.tags().forEach(tag -> marks.put(tag.key(), tag.value()));
    return new ListedImage(
        image.imageId(),
        Objects.requireNonNullElse(image.name(), ""),
        Optional.ofNullable(image.architectureAsString()),
        Objects.requireNonNullElse(image.creationDate(), ""),
        Map.copyOf(marks));
  }

  @Override
  public Response<List<String>> zones() {
    CallEnd<DescribeAvailabilityZonesResponse> end =
        calls.ask(ec2 -> ec2.describeAvailabilityZones(request -> {}));
    return end.answer(reply ->
        reply.availabilityZones().stream()
            .filter(zone -> zone.state() == AvailabilityZoneState.AVAILABLE)
            .filter(zone -> zone.zoneType() == null || zone.zoneType().equals(ZONE))
            .map(AvailabilityZone::zoneName)
            .toList());
  }

  /** Limits of virtual CPUs and volumes are told by Service Quotas only. */
  @Override
  public Response<List<Quota>> quota(Facility facility) {
    return switch (facility) {
      case MACHINES, VOLUMES -> Response.of(List.of());
      case NETWORKS -> addresses();
    };
  }

  private Response<List<Quota>> addresses() {
    CallEnd<DescribeAccountAttributesResponse> limits =
        calls.ask(ec2 ->
            ec2.describeAccountAttributes(request -> request.attributeNamesWithStrings(ADDRESSES)));
    if (!(limits instanceof CallEnd.Replied<DescribeAccountAttributesResponse>(var told))) {
      return limits.answer(_ -> List.of());
    }
    CallEnd<DescribeAddressesResponse> used =
        calls.ask(ec2 -> ec2.describeAddresses(request -> {}));
    return used.answer(reply ->
        told.accountAttributes().stream()
            .filter(one -> one.attributeName().equals(ADDRESSES))
            .flatMap(Ec2Supply::number)
            .map(limit -> new Quota("floatingIPs", limit, reply.addresses().size()))
            .toList());
  }

  private static Stream<Long> number(AccountAttribute attribute) {
    return attribute.attributeValues().stream()
        .map(value -> value.attributeValue())
        .filter(value -> value != null && value.matches("[0-9]{1,9}"))
        .map(Long::valueOf);
  }

  private static <T> Response<T> failed(Response<?> answer) {
    if (answer instanceof Response.Failed<?>(var failure)) {
      return Response.failed(failure);
    }
    throw new IllegalArgumentException(answer + " is no failure");
  }
}
