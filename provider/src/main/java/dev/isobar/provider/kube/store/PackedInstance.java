package dev.isobar.provider.kube.store;

import dev.isobar.apis.compute.InstanceSpec;
import dev.isobar.apis.compute.InstanceStatus;
import dev.isobar.apis.decode.Decoded;
import dev.isobar.apis.decode.Decoder;
import dev.isobar.apis.decode.Encoder;
import dev.isobar.apis.tree.Fields;
import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.decide.Managed;
import dev.isobar.provider.decide.ObjectKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An Instance as it is remembered: one array of bytes, because there may be ten thousand of them
 * and each is worked on for a moment once a minute. As records they would take four times as much.
 */
public final class PackedInstance {
  private static final Decoder<InstanceSpec> SPEC = Decoder.of(InstanceSpec.class).lenient();
  private static final Decoder<InstanceStatus> STATUS = Decoder.of(InstanceStatus.class).lenient();

  private final byte[] content;
  private final String uid;
  private final boolean ready;
  private final boolean synced;
  private final boolean settled;

  private PackedInstance(
      byte[] content, String uid, boolean ready, boolean synced, boolean settled) {
    this.content = content;
    this.uid = uid;
    this.ready = ready;
    this.synced = synced;
    this.settled = settled;
  }

  /** Packs one. */
  public static PackedInstance of(StoredInstance instance) {
    Managed managed = instance.managed();
    Fields fields =
        Fields.with("namespace", managed.key().namespace())
            .set("name", managed.key().name())
            .set("version", managed.resourceVersion())
            .set("generation", managed.generation())
            .set("deleting", managed.deleting())
            .set("finalizers", managed.finalizers())
            .set("annotations", managed.annotations())
            .set("spec", Encoder.onlySet(managed.spec()))
            .set("status", Encoder.onlySet(managed.status()))
            .set("created", instance.created().toString())
            .set("deletedAt", instance.deletedAt().map(Instant::toString));
    return new PackedInstance(
        PackedTree.pack(fields.map()),
        managed.uid(),
        instance.is("Ready"),
        instance.is("Synced"),
        instance.settled());
  }

  /** What was packed. */
  public StoredInstance unpack() {
    Tree tree = Tree.of(PackedTree.unpack(content));
    var annotations = new TreeMap<String, String>();
    Tree written = tree.at("annotations");
    written.fields().forEach(name -> annotations.put(name, text(written.at(name))));
    List<String> finalizers =
        tree.at("finalizers").items().stream().map(PackedInstance::text).toList();
    var managed =
        new Managed(
            new ObjectKey(text(tree.at("namespace")), text(tree.at("name"))),
            uid,
            text(tree.at("version")),
            tree.at("generation").whole().orElse(0L),
            tree.at("deleting").truth().orElse(false),
            finalizers,
            annotations,
            valid(SPEC.decode(tree.at("spec"), "spec")),
            valid(STATUS.decode(tree.at("status"), "status")));
    Optional<Instant> deletedAt = tree.at("deletedAt").text().map(Instant::parse);
    return new StoredInstance(managed, Instant.parse(text(tree.at("created"))), deletedAt);
  }

  /** Its UID, for whoever looks through all of them. */
  public String uid() {
    return uid;
  }

  /** Whether its condition Ready holds. */
  public boolean ready() {
    return ready;
  }

  /** Whether its condition Synced holds. */
  public boolean synced() {
    return synced;
  }

  /** See {@link StoredInstance#settled}. */
  public boolean settled() {
    return settled;
  }

  private static String text(Tree tree) {
    return tree.text().orElse("");
  }

  private static <T> T valid(Decoded<T> decoded) {
    return switch (decoded) {
      case Decoded.Valid<T>(var value) -> value;
      case Decoded.Invalid<T>(var mistakes) ->
          throw new IllegalStateException("what was packed cannot be read: " + mistakes);
    };
  }
}
