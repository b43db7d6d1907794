package dev.isobar.provider.ec2;

import dev.isobar.provider.external.Belonging;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.SecretBytes;
import dev.isobar.provider.external.Subject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ec2.model.DeleteKeyPairResponse;
import software.amazon.awssdk.services.ec2.model.DescribeKeyPairsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.KeyPairInfo;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** Public keys from Secrets, brought to EC2 for one Instance each. */
final class KeyPairs {
  private final Ec2Calls calls;

  KeyPairs(Ec2Calls calls) {
    this.calls = calls;
  }

  /** Brings a key and says what it is called there; a name always means the same key. */
  CallEnd<String> bring(Subject subject, SecretBytes key) {
    String name = "isobar-" + subject.uid() + "-" + hash(key.bytes());
    var tags =
        TagSpecification.builder()
            .resourceType(ResourceType.KEY_PAIR)
            .tags(InstanceTags.of(Map.of(Subject.UID_TAG, subject.uid())))
            .build();
    String text = new String(key.bytes(), StandardCharsets.UTF_8).strip();
    var end =
        calls.change(ec2 ->
            ec2.importKeyPair(request ->
                request
                    .keyName(name)
                    .publicKeyMaterial(SdkBytes.fromUtf8String(text))
                    .tagSpecifications(tags)));
    return end.refusedAs("InvalidKeyPair.Duplicate")
        ? new CallEnd.Replied<>(name)
        : end.with(_ -> name);
  }

  private static String hash(byte[] key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
      return HexFormat.of().formatHex(digest, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Those of all Instances. */
  Response<List<Belonging>> all() {
    var ours = Filter.builder().name("tag-key").values(Subject.UID_TAG).build();
    return calls
        .ask(ec2 -> ec2.describeKeyPairs(request -> request.filters(ours)))
        .answer(reply ->
            reply.keyPairs().stream()
                .map(pair ->
                    new Belonging(
                        "key pair",
                        pair.keyName(),
                        InstanceTags.uid(pair.tags()),
                        Optional.empty(),
                        Optional.ofNullable(pair.createTime())))
                .toList());
  }

  /** Ids of those that were brought for an Instance. */
  Response<List<String>> of(String uid) {
    return marked(uid).answer(pairs -> pairs.stream().map(KeyPairInfo::keyPairId).toList());
  }

  /** They are removed, so what a filter lets pass is looked at again. */
  private CallEnd<List<KeyPairInfo>> marked(String uid) {
    Map<String, String> mark = Map.of(Subject.UID_TAG, uid);
    CallEnd<DescribeKeyPairsResponse> end =
        calls.ask(
            ec2 -> ec2.describeKeyPairs(request -> request.filters(InstanceTags.filters(mark))));
    return end.with(reply ->
        reply.keyPairs().stream().filter(one -> InstanceTags.among(one.tags(), mark)).toList());
  }

  /** Removes those of an Instance; what still remains. */
  Response<List<String>> release(Subject subject) {
    CallEnd<List<KeyPairInfo>> end = marked(subject.uid());
    if (!(end instanceof CallEnd.Replied<List<KeyPairInfo>>(var pairs))) {
      return end.answer(_ -> List.of());
    }
    for (KeyPairInfo pair : pairs) {
      CallEnd<DeleteKeyPairResponse> gone =
          calls.change(ec2 -> ec2.deleteKeyPair(request -> request.keyName(pair.keyName())));
      if (gone.effect() instanceof Effect.Failed(var failure, _)
          && !gone.refusedAs("InvalidKeyPair.NotFound")) {
        return Response.failed(failure);
      }
    }
    return Response.of(List.of());
  }
}
