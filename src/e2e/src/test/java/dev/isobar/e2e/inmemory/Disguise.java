package dev.isobar.e2e.inmemory;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.isobar.function.wire.proto.Fn;
import java.util.Base64;
import java.util.Map;

/**
 * Clothes what function-isobar wants in the kinds of the in-memory infrastructure, and takes the
 * clothes off again from what exists and what was looked up, so that the function sees OpenStack in
 * both directions. Each object carries what it was in an annotation. Machines that provider-isobar
 * makes stay what they are.
 */
public final class Disguise {
  /** The name of pools whose machines never come up. */
  public static final String STUCK = "stuck";

  /** Part of the name of an image with which no node of a pool comes up. */
  public static final String BROKEN = "broken";

  /** Part of the name of an image with which no machine of a control plane comes up. */
  public static final String LIFELESS = "lifeless";

  private static final String GROUP = "infrastructure.cluster.x-k8s.io";
  private static final String VERSION = GROUP + "/v1beta2";
  private static final String CLUSTER = "DevCluster";
  private static final String TEMPLATE = "DevMachineTemplate";

  /** The whole object as the function wanted it, as base64 of its protobuf. */
  private static final String WANTED = "test.isobar.dev/wanted";

  /** The kind of infrastructure the function wanted an object of Cluster API to refer to. */
  private static final String REFERRED = "test.isobar.dev/referred-kind";

  private static final Map<String, String> KINDS =
      Map.of(
          "OpenStackCluster", CLUSTER,
          "OpenStackMachineTemplate", TEMPLATE);

  /** Where objects of Cluster API refer to infrastructure. */
  private static final Map<String, String[]> REFERENCES =
      Map.of(
          "Cluster", new String[] {"spec", "infrastructureRef"},
          "KubeadmControlPlane",
              new String[] {"spec", "machineTemplate", "spec", "infrastructureRef"},
          "MachineDeployment", new String[] {"spec", "template", "spec", "infrastructureRef"});

  private Disguise() {}

  /** What the function is asked instead of what core asked. */
  static Fn.RunFunctionRequest undressed(Fn.RunFunctionRequest request) {
    Fn.RunFunctionRequest.Builder builder = request.toBuilder();
    request
        .getObserved()
        .getResourcesMap()
        .forEach((key, resource) ->
            builder
                .getObservedBuilder()
                .putResources(
                    key,
                    resource.toBuilder().setResource(undressed(resource.getResource())).build()));
    request
        .getRequiredResourcesMap()
        .forEach((name, found) -> builder.putRequiredResources(name, undressed(found)));
    return builder.build();
  }

  private static Fn.Resources undressed(Fn.Resources found) {
    Fn.Resources.Builder builder = found.toBuilder().clearItems();
    for (Fn.Resource one : found.getItemsList()) {
      builder.addItems(one.toBuilder().setResource(undressed(one.getResource())).build());
    }
    return builder.build();
  }

  /** What core is answered instead of what the function answered. */
  static Fn.RunFunctionResponse dressed(Fn.RunFunctionResponse response) {
    Fn.RunFunctionResponse.Builder builder = response.toBuilder();
    response
        .getDesired()
        .getResourcesMap()
        .forEach((key, resource) ->
            builder
                .getDesiredBuilder()
                .putResources(
                    key,
                    resource.toBuilder()
                        .setResource(dressed(key, resource.getResource()))
                        .build()));
    response
        .getRequirements()
        .getResourcesMap()
        .forEach((name, wanted) -> {
          if (KINDS.containsKey(wanted.getKind())) {
            builder.getRequirementsBuilder().putResources(name, dressed(wanted));
          }
        });
    return builder.build();
  }

  private static Fn.ResourceSelector dressed(Fn.ResourceSelector wanted) {
    return wanted.toBuilder().setApiVersion(VERSION).setKind(KINDS.get(wanted.getKind())).build();
  }

  private static Struct dressed(String key, Struct wanted) {
    String kind = text(wanted, "kind");
    if (KINDS.containsKey(kind)) {
      String other = KINDS.get(kind);
      Struct spec =
          other.equals(CLUSTER)
              ? backend(Struct.getDefaultInstance())
              : machine(key, never(key, wanted));
      Struct clothed =
          wanted.toBuilder()
              .putFields("apiVersion", value(VERSION))
              .putFields("kind", value(other))
              .putFields("spec", value(spec))
              .build();
      return annotated(clothed, WANTED, Base64.getEncoder().encodeToString(wanted.toByteArray()));
    }
    if (REFERENCES.containsKey(kind)) {
      String[] path = REFERENCES.get(kind);
      String referred = text(at(wanted, path, 0), "kind");
      return KINDS.containsKey(referred)
          ? annotated(at(wanted, path, 0, GROUP, KINDS.get(referred)), REFERRED, referred)
          : wanted;
    }
    return wanted;
  }

  private static Struct undressed(Struct seen) {
    Struct annotations = struct(struct(seen, "metadata"), "annotations");
    if (annotations.containsFields(WANTED)) {
      Struct wanted = decoded(text(annotations, WANTED));
      return seen.toBuilder()
          .putFields("apiVersion", wanted.getFieldsOrThrow("apiVersion"))
          .putFields("kind", wanted.getFieldsOrThrow("kind"))
          .putFields("spec", wanted.getFieldsOrThrow("spec"))
          .build();
    }
    if (annotations.containsFields(REFERRED)) {
      String[] path = REFERENCES.get(text(seen, "kind"));
      return at(seen, path, 0, GROUP, text(annotations, REFERRED));
    }
    return seen;
  }

  /**
   * Every machine comes up after a second, or never; those of the control plane also run its
   * servers.
   */
  private static Struct machine(String key, boolean never) {
    Struct.Builder parts = Struct.newBuilder();
    String delay = never ? "24h" : "1s";
    Struct soon = struct("provisioning", struct("startupDuration", value(delay)));
    parts.putFields("vm", value(soon)).putFields("node", value(soon));
    if (key.startsWith("control-plane")) {
      parts.putFields("apiServer", value(soon)).putFields("etcd", value(soon));
    }
    return struct("template", struct("spec", backend(parts.build())));
  }

  private static boolean never(String key, Struct wanted) {
    return key.startsWith("pool." + STUCK + ".")
        || (key.startsWith("pool.") && wanted.toString().contains(BROKEN))
        || (key.startsWith("control-plane") && wanted.toString().contains(LIFELESS));
  }

  private static Struct backend(Struct inMemory) {
    return struct("backend", struct("inMemory", inMemory));
  }

  // --- structs -----------------------------------------------------------------------------------

  private static Struct annotated(Struct object, String annotation, String text) {
    Struct metadata = struct(object, "metadata");
    Struct annotations =
        struct(metadata, "annotations").toBuilder().putFields(annotation, value(text)).build();
    return object.toBuilder()
        .putFields(
            "metadata",
            value(metadata.toBuilder().putFields("annotations", value(annotations)).build()))
        .build();
  }

  private static Struct at(Struct object, String[] path, int from) {
    return from == path.length ? object : at(struct(object, path[from]), path, from + 1);
  }

  /** The object with another group and kind in the reference at a path. */
  private static Struct at(Struct object, String[] path, int from, String group, String kind) {
    if (from == path.length) {
      return object.toBuilder()
          .putFields("apiGroup", value(group))
          .putFields("kind", value(kind))
          .build();
    }
    return object.toBuilder()
        .putFields(path[from], value(at(struct(object, path[from]), path, from + 1, group, kind)))
        .build();
  }

  private static Struct decoded(String text) {
    try {
      return Struct.parseFrom(Base64.getDecoder().decode(text));
    } catch (InvalidProtocolBufferException broken) {
      throw new IllegalStateException("the annotation " + WANTED + " is broken", broken);
    }
  }

  private static Struct struct(Struct object, String field) {
    return object.getFieldsOrDefault(field, Value.getDefaultInstance()).getStructValue();
  }

  private static Struct struct(String field, Struct content) {
    return struct(field, value(content));
  }

  private static Struct struct(String field, Value content) {
    return Struct.newBuilder().putFields(field, content).build();
  }

  private static String text(Struct object, String field) {
    return object.getFieldsOrDefault(field, Value.getDefaultInstance()).getStringValue();
  }

  private static Value value(String text) {
    return Value.newBuilder().setStringValue(text).build();
  }

  private static Value value(Struct struct) {
    return Value.newBuilder().setStructValue(struct).build();
  }
}
