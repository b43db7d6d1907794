package dev.isobar.provider.ec2;

import dev.isobar.provider.external.Belonging;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Subject;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeAttachment;

/**
 * Volumes that were made with machines, whose mark they bear from the beginning. They are only
 * looked at: those that outlive their machine do so because a spec says so, and what they hold
 * nobody here can tell.
 */
final class InstanceVolumes {
  private static final int PAGE = 500;

  private final EveryPage pages;

  InstanceVolumes(EveryPage pages) {
    this.pages = pages;
  }

  /** Those of all Instances. */
  Response<List<Belonging>> all() {
    var ours = Filter.builder().name("tag-key").values(Subject.UID_TAG).build();
    Response<List<Volume>> all =
        pages.of(
            "volumes",
            (ec2, token) ->
                ec2.describeVolumes(
                    request -> request.filters(ours).maxResults(PAGE).nextToken(token)),
            DescribeVolumesResponse::volumes,
            DescribeVolumesResponse::nextToken);
    return switch (all) {
      case Response.Failed<List<Volume>>(var failure) -> Response.failed(failure);
      case Response.Answered<List<Volume>>(var found) ->
          Response.of(found.stream().map(InstanceVolumes::belonging).toList());
    };
  }

  private static Belonging belonging(Volume volume) {
    Optional<String> machine =
        volume.attachments().stream().map(VolumeAttachment::instanceId).findFirst();
    return new Belonging(
        "volume",
        volume.volumeId(),
        InstanceTags.uid(volume.tags()),
        machine,
        Optional.ofNullable(volume.createTime()),
        machine.isEmpty());
  }
}
