package dev.isobar.provider.ec2;

import dev.isobar.apis.compute.CloudObject;
import dev.isobar.provider.external.Belonging;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.AllocateAddressResponse;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesResponse;
import software.amazon.awssdk.services.ec2.model.DomainType;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ReleaseAddressResponse;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/**
 * Public addresses that do not come with a launch: from a pool, or for one of several interfaces.
 * They bear the Instance's UID and the interface's name, and follow it from machine to machine.
 */
final class PublicAddresses {
  private static final String INTERFACE_TAG = "isobar-interface";

  private final Ec2Calls calls;

  PublicAddresses(Ec2Calls calls) {
    this.calls = calls;
  }

  /**
   * Gives an interface its address; one that was allocated before is used again.
   *
   * @param name of the interface in the spec
   * @param id of the interface in EC2
   * @param pool where the address comes from; Amazon's own when empty
   */
  Effect give(Subject subject, String name, String id, Optional<CloudObject> pool) {
    if (pool.filter(one -> one.id().isEmpty()).isPresent()) {
      return new Effect.Failed(
          new Failure.InvalidConfiguration(
              CloudWords.ours(
                  "spec.forProvider.networkInterfaces: EC2's pools of addresses have no names;"
                      + " give the id of publicAddress.pool")));
    }
    Map<String, String> tags = Map.of(Subject.UID_TAG, subject.uid(), INTERFACE_TAG, name);
    return switch (tagged(tags)) {
      case Response.Failed<List<Address>>(var failure) -> new Effect.Failed(failure);
      case Response.Answered<List<Address>>(var found) ->
          found.isEmpty()
              ? allocated(subject, name, id, pool)
              : associated(found.getFirst().allocationId(), id);
    };
  }

  private Effect allocated(Subject subject, String name, String id, Optional<CloudObject> pool) {
    var tags =
        TagSpecification.builder()
            .resourceType(ResourceType.ELASTIC_IP)
            .tags(InstanceTags.of(Map.of(Subject.UID_TAG, subject.uid(), INTERFACE_TAG, name)))
            .build();
    CallEnd<AllocateAddressResponse> end =
        calls.make(ec2 ->
            ec2.allocateAddress(request -> {
              request.domain(DomainType.VPC).tagSpecifications(tags);
              pool.flatMap(CloudObject::id).ifPresent(request::publicIpv4Pool);
            }));
    return switch (end) {
      case CallEnd.Replied<AllocateAddressResponse>(var reply) ->
          associated(reply.allocationId(), id);
      case CallEnd.Refused<AllocateAddressResponse>(_, var failure) -> new Effect.Failed(failure);
      case CallEnd.Lost<AllocateAddressResponse>(var failure) -> new Effect.Failed(failure, true);
    };
  }

  private Effect associated(String allocation, String id) {
    return calls
        .change(ec2 ->
            ec2.associateAddress(request ->
                request.allocationId(allocation).networkInterfaceId(id).allowReassociation(true)))
        .effect();
  }

  /** Those of all Instances. */
  Response<List<Belonging>> all() {
    return described(List.of(Filter.builder().name("tag-key").values(Subject.UID_TAG).build()))
        .answer(reply ->
            reply.addresses().stream()
                .map(one ->
                    new Belonging(
                        "public address",
                        one.allocationId(),
                        InstanceTags.uid(one.tags()),
                        Optional.ofNullable(one.instanceId()).filter(id -> !id.isEmpty()),
                        Optional.empty()))
                .toList());
  }

  /**
   * Ids of those that were made for an Instance.
   *
   * @param machine that they lead to, if they lead anywhere
   */
  Response<List<String>> of(String uid, String machine) {
    return switch (marked(uid)) {
      case Response.Failed<List<Address>>(var failure) -> Response.failed(failure);
      case Response.Answered<List<Address>>(var all) ->
          Response.of(
              all.stream()
                  .filter(one -> !associated(one) || machine.equals(one.instanceId()))
                  .map(Address::allocationId)
                  .toList());
    };
  }

  /** Removes those of an Instance; what still remains. */
  Response<List<String>> release(Subject subject) {
    return switch (marked(subject.uid())) {
      case Response.Failed<List<Address>>(var failure) -> Response.failed(failure);
      case Response.Answered<List<Address>>(var all) -> released(all);
    };
  }

  /** Gives those of an Instance back that lead nowhere. */
  Effect tidy(Subject subject) {
    return switch (marked(subject.uid())) {
      case Response.Failed<List<Address>>(var failure) -> new Effect.Failed(failure);
      case Response.Answered<List<Address>>(var all) ->
          switch (released(all.stream().filter(one -> !associated(one)).toList())) {
            case Response.Failed<List<String>>(var failure) -> new Effect.Failed(failure);
            case Response.Answered<List<String>> _ -> new Effect.Accepted();
          };
    };
  }

  private static boolean associated(Address address) {
    return address.associationId() != null && !address.associationId().isEmpty();
  }

  private Response<List<String>> released(List<Address> all) {
    List<String> remaining = new ArrayList<>();
    for (Address address : all) {
      if (associated(address)) {
        String association = address.associationId();
        var _ = calls.change(ec2 -> ec2.disassociateAddress(one -> one.associationId(association)));
      }
      String allocation = address.allocationId();
      CallEnd<ReleaseAddressResponse> end =
          calls.change(ec2 -> ec2.releaseAddress(one -> one.allocationId(allocation)));
      if (end.refusedAs("InvalidIPAddress.InUse")) {
        remaining.add("address " + address.publicIp());
      } else if (end.effect() instanceof Effect.Failed(var failure, _)
          && !end.refusedAs("InvalidAllocationID.NotFound")) {
        return Response.failed(failure);
      }
    }
    return Response.of(remaining);
  }

  private Response<List<Address>> marked(String uid) {
    return tagged(Map.of(Subject.UID_TAG, uid));
  }

  /**
   * Those with all these tags. They are taken and given back, so what a filter lets pass is looked
   * at again.
   */
  private Response<List<Address>> tagged(Map<String, String> tags) {
    return described(InstanceTags.filters(tags))
        .answer(reply ->
            reply.addresses().stream()
                .filter(one -> InstanceTags.among(one.tags(), tags))
                .toList());
  }

  private CallEnd<DescribeAddressesResponse> described(List<Filter> filters) {
    return calls.ask(ec2 -> ec2.describeAddresses(request -> request.filters(filters)));
  }
}
