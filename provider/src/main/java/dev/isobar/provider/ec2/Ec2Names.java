package dev.isobar.provider.ec2;

import dev.isobar.apis.compute.Architecture;
import dev.isobar.apis.compute.CloudObject;
import dev.isobar.apis.compute.ImageChoice;
import dev.isobar.apis.compute.ImageChoice.Selector;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;

/** Finds what a spec names, and remembers for a while what it found. */
final class Ec2Names {
  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final String NAME_TAG = "tag:Name";

  /** An image, and where its root disk is. */
  record FoundImage(String id, String rootDevice) {}

  /** A subnet, and where it is. */
  record FoundSubnet(String id, String zone, String vpc) {}

  private record Memory(Instant until, Response<?> answer) {}

  private final Ec2Calls calls;
  private final InstantSource clock;
  private final Map<List<Object>, Memory> memory = new ConcurrentHashMap<>();

  Ec2Names(Ec2Calls calls, InstantSource clock) {
    this.calls = calls;
    this.clock = clock;
  }

  /**
   * The image that was chosen.
   *
   * @param architectures that the machine type has; all when empty
   */
  Response<FoundImage> image(ImageChoice choice, Set<Architecture> architectures) {
    return remembered(
        List.of("image", choice, architectures), () -> findImage(choice, architectures));
  }

  private Response<FoundImage> findImage(ImageChoice choice, Set<Architecture> architectures) {
    CallEnd<DescribeImagesResponse> end =
        calls.ask(ec2 -> ec2.describeImages(imageRequest(choice, architectures)));
    if (!(end instanceof CallEnd.Replied<DescribeImagesResponse>(var reply))) {
      return end.answer(_ -> new FoundImage("", ""));
    }
    List<Image> found = reply.images();
    boolean newest =
        choice.selector().filter(one -> one.pick() == ImageChoice.Pick.Newest).isPresent();
    String path = "spec.forProvider.image" + (choice.id().isPresent() ? ".id" : ".selector");
    if (found.isEmpty()) {
      return refused(path + ": there is no such image");
    }
    if (found.size() > 1 && !newest) {
      return refused(path + " fits " + found.size() + " images; say more of it, or pick: Newest");
    }
    Image image =
        found.stream()
            .max(
                Comparator.comparing(
                        Image::creationDate, Comparator.nullsFirst(Comparator.naturalOrder()))
                    .thenComparing(Image::imageId))
            .orElseThrow();
    return Response.of(
        new FoundImage(
            image.imageId(), Objects.requireNonNullElse(image.rootDeviceName(), "/dev/sda1")));
  }

  private static DescribeImagesRequest imageRequest(
      ImageChoice choice, Set<Architecture> architectures) {
    var request = DescribeImagesRequest.builder();
    if (choice.id().isPresent()) {
      return request.imageIds(choice.id().get()).build();
    }
    Selector selector = choice.selector().orElseThrow();
    List<Filter> filters = new ArrayList<>();
    filters.add(filter("state", "available"));
    selector.name().ifPresent(name -> filters.add(filter("name", name)));
    selector.tags().forEach((key, value) -> filters.add(filter("tag:" + key, value)));
    if (architectures.size() == 1) {
      boolean arm = architectures.contains(Architecture.arm64);
      filters.add(filter("architecture", arm ? "arm64" : "x86_64"));
    }
    // Everybody may publish an image of any name.
    String owner = selector.owner().filter(one -> !one.equals(Selector.ANY)).orElse("self");
    return request.owners(owner).filters(filters).build();
  }

  /**
   * The subnet that was chosen. Subnets of several zones may have the same name; then the zone
   * decides.
   *
   * @param path of the field
   * @param zone it must be in
   */
  Response<FoundSubnet> subnet(String path, CloudObject choice, Optional<String> zone) {
    return remembered(List.of("subnet", choice, zone), () -> findSubnet(path, choice, zone));
  }

  private Response<FoundSubnet> findSubnet(String path, CloudObject choice, Optional<String> zone) {
    var request = DescribeSubnetsRequest.builder();
    choice
        .id()
        .ifPresentOrElse(
            request::subnetIds, () -> request.filters(filter(NAME_TAG, choice.name().orElse(""))));
    var end = calls.ask(ec2 -> ec2.describeSubnets(request.build()));
    if (!(end instanceof CallEnd.Replied<DescribeSubnetsResponse>(var reply))) {
      return end.answer(_ -> new FoundSubnet("", "", ""));
    }
    String name = choice.id().or(choice::name).orElse("");
    Optional<FoundSubnet> found =
        reply.subnets().stream()
            .filter(one -> zone.filter(wanted -> !wanted.equals(one.availabilityZone())).isEmpty())
            .map(one -> new FoundSubnet(one.subnetId(), one.availabilityZone(), one.vpcId()))
            .min(Comparator.comparing(FoundSubnet::id));
    String none = path + ": there is no subnet " + name;
    return found
        .map(Response::of)
        .orElseGet(() ->
            reply.subnets().isEmpty()
                ? refused(none)
                : notThere(none + zone.map(at -> " in zone " + at).orElse("")));
  }

  /**
   * The ids of security groups, in order.
   *
   * @param path of the field
   * @param vpc where they must be when they are named; anywhere when empty
   */
  Response<List<String>> groups(String path, List<CloudObject> choices, Optional<String> vpc) {
    List<String> ids = new ArrayList<>();
    for (int place = 0; place < choices.size(); place++) {
      CloudObject choice = choices.get(place);
      if (choice.id().isPresent()) {
        ids.add(choice.id().get());
        continue;
      }
      String at = path + "[" + place + "].name";
      String name = choice.name().orElse("");
      Response<String> found =
          remembered(List.of("group", name, vpc), () -> findGroup(at, name, vpc));
      switch (found) {
        case Response.Answered<String>(var id) -> ids.add(id);
        case Response.Failed<String>(var failure) -> {
          return Response.failed(failure);
        }
      }
    }
    return Response.of(List.copyOf(ids));
  }

  private Response<String> findGroup(String path, String name, Optional<String> vpc) {
    List<Filter> filters = new ArrayList<>(List.of(filter("group-name", name)));
    vpc.ifPresent(id -> filters.add(filter("vpc-id", id)));
    var end = calls.ask(ec2 -> ec2.describeSecurityGroups(request -> request.filters(filters)));
    if (!(end instanceof CallEnd.Replied<DescribeSecurityGroupsResponse>(var reply))) {
      return end.answer(_ -> "");
    }
    int found = reply.securityGroups().size();
    if (found != 1) {
      return refused(
          path
              + ": there "
              + (found == 0 ? "is no security group " : "are " + found + " security groups ")
              + name
              + (found > 1 ? "; give the id" : ""));
    }
    return Response.of(reply.securityGroups().getFirst().groupId());
  }

  /** Failures are not remembered: whatever was missing may be made any moment. */
  @SuppressWarnings("unchecked") // the key begins with what kind of answer it has
  private <T> Response<T> remembered(List<Object> key, Supplier<Response<T>> find) {
    Instant now = clock.instant();
    Memory known = memory.get(key);
    if (known != null && now.isBefore(known.until())) {
      return (Response<T>) known.answer();
    }
    Response<T> found = find.get();
    if (found instanceof Response.Answered<T>) {
      memory.values().removeIf(old -> !now.isBefore(old.until()));
      memory.put(key, new Memory(now.plus(FRESH), found));
    }
    return found;
  }

  private static Filter filter(String name, String value) {
    return Filter.builder().name(name).values(value).build();
  }

  /** Another zone may have it. */
  private static <T> Response<T> notThere(String problem) {
    return Response.failed(new Failure.InvalidConfiguration(CloudWords.ours(problem), true));
  }

  private static <T> Response<T> refused(String problem) {
    return Response.failed(new Failure.InvalidConfiguration(CloudWords.ours(problem)));
  }
}
