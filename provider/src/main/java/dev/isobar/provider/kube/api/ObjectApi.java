package dev.isobar.provider.kube.api;

import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.decide.ObjectKey;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.ResourceNotFoundException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads, writes and watches objects of any kind. Objects to write are maps. */
public final class ObjectApi {
  /** Who the API server says manages the fields we write. */
  private static final String FIELD_MANAGER = "provider-isobar";

  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  /** Objects of one page of a list, so that no list is ever held whole. */
  private static final long PAGE = 250;

  private final KubernetesClient client;

  /** Speaks as this client's user. */
  public ObjectApi(KubernetesClient client) {
    this.client = client;
  }

  /**
   * The object as it is now. It is missing only when the API server says so of the object itself:
   * while its kind or version is not served nobody knows.
   */
  public ApiAnswer get(KubernetesKind kind, ObjectKey key) {
    try {
      return new ApiAnswer.Current(object(required(resource(kind, key))));
    } catch (KubernetesClientException refused) {
      return refused.getCode() == NOT_FOUND && !names(refused.getStatus(), key.name())
          ? new ApiAnswer.Unavailable("the API server serves no " + kind.served())
          : refusal(refused);
    }
  }

  private static GenericKubernetesResource required(Resource<GenericKubernetesResource> resource) {
    try {
      return resource.require();
    } catch (ResourceNotFoundException wrapped) {
      throw wrapped.getCause() instanceof KubernetesClientException refused ? refused : wrapped;
    }
  }

  /** Whether that is said of the object; of a path that nobody serves no name is told. */
  private static boolean names(@Nullable Status status, String object) {
    return status != null
        && status.getDetails() != null
        && object.equals(status.getDetails().getName());
  }

  /** The whole object as it is now; empty when it is gone, or cannot be had. */
  public Optional<Tree> whole(KubernetesKind kind, ObjectKey key) {
    try {
      return Optional.ofNullable(resource(kind, key).get())
          .map(one -> client.getKubernetesSerialization().convertValue(one, Map.class))
          .map(Tree::of);
    } catch (KubernetesClientException _) {
      return Optional.empty();
    }
  }

  /** Stores an object that is not there yet. */
  public ApiAnswer create(
      KubernetesKind kind, ObjectKey key, Map<String, ? extends @Nullable Object> object) {
    return asked(() -> here(kind, key).resource(generic(object)).create());
  }

  /** Merges fields into an object; null removes one, and a resource version guards the write. */
  public ApiAnswer merge(
      KubernetesKind kind, ObjectKey key, Map<String, ? extends @Nullable Object> fields) {
    var context =
        new PatchContext.Builder()
            .withPatchType(PatchType.JSON_MERGE)
            .withFieldManager(FIELD_MANAGER)
            .build();
    String patch = client.getKubernetesSerialization().asJson(fields);
    return asked(() -> resource(kind, key).patch(context, patch));
  }

  /** Asks for an object's end; what holds it may take its time. */
  public ApiAnswer delete(KubernetesKind kind, ObjectKey key) {
    return asked(() -> {
      var resource = resource(kind, key);
      GenericKubernetesResource there = resource.get();
      if (there != null) {
        var _ = resource.withPropagationPolicy(DeletionPropagation.BACKGROUND).delete();
      }
      return there;
    });
  }

  /** Replaces an object's status if its resource version is still the one given. */
  public ApiAnswer putStatus(
      KubernetesKind kind,
      ObjectKey key,
      String resourceVersion,
      Map<String, ? extends @Nullable Object> status) {
    var object = generic(Map.of("status", status));
    object.setApiVersion(kind.apiVersion());
    object.setKind(kind.kind());
    ObjectMeta metadata = new ObjectMeta();
    metadata.setName(key.name());
    metadata.setNamespace(kind.namespaced() ? key.namespace() : null);
    metadata.setResourceVersion(resourceVersion);
    object.setMetadata(metadata);
    return asked(() -> here(kind, key).resource(object).updateStatus());
  }

  /**
   * Shows all objects of a kind, one page after the other.
   *
   * @return why they could not be shown to the end
   */
  public Optional<String> each(KubernetesKind kind, Consumer<ApiObject> seen) {
    try {
      show(kind, seen);
      return Optional.empty();
    } catch (KubernetesClientException refused) {
      return Optional.of(words(refused));
    }
  }

  /** The same of a kind that need not be served; while it is not, there is none. */
  public Optional<String> eachServed(KubernetesKind kind, Consumer<ApiObject> seen) {
    try {
      show(kind, seen);
      return Optional.empty();
    } catch (KubernetesClientException refused) {
      return refused.getCode() == NOT_FOUND ? Optional.empty() : Optional.of(words(refused));
    }
  }

  private void show(KubernetesKind kind, Consumer<ApiObject> seen) {
    var operation = operation(kind);
    String next = null;
    do {
      var page = new ListOptionsBuilder().withLimit(PAGE).withContinue(next).build();
      GenericKubernetesResourceList list =
          kind.namespaced() ? operation.inAnyNamespace().list(page) : operation.list(page);
      list.getItems().forEach(one -> seen.accept(object(one)));
      next = list.getMetadata().getContinue();
    } while (next != null && !next.isEmpty());
  }

  /** Mirrors all objects of a kind from now on, one page after the other. */
  public Watching watch(KubernetesKind kind, Mirror<?> mirror) {
    var operation = operation(kind);
    return Watching.start(
        kind.namespaced()
            ? operation.inAnyNamespace().withLimit(PAGE).runnableInformer(0)
            : operation.withLimit(PAGE).runnableInformer(0),
        kind,
        mirror);
  }

  /** Mirrors one object from now on, whether it is there or not. */
  public Watching watch(KubernetesKind kind, ObjectKey key, Mirror<?> mirror) {
    return Watching.start(resource(kind, key).runnableInformer(0), kind, mirror);
  }

  /** Whether the account may do something with a kind; false when nobody knows. */
  public boolean may(String verb, KubernetesKind kind) {
    SelfSubjectAccessReview review =
        new SelfSubjectAccessReviewBuilder()
            .withNewSpec()
            .withNewResourceAttributes()
            .withGroup(kind.group())
            .withResource(kind.plural())
            .withVerb(verb)
            .endResourceAttributes()
            .endSpec()
            .build();
    try {
      return client
          .authorization()
          .v1()
          .selfSubjectAccessReview()
          .create(review)
          .getStatus()
          .getAllowed();
    } catch (KubernetesClientException _) {
      return false;
    }
  }

  static ApiObject object(GenericKubernetesResource resource) {
    ObjectMeta metadata = resource.getMetadata();
    return new ApiObject(
        key(metadata),
        text(metadata.getUid()),
        text(metadata.getResourceVersion()),
        metadata.getGeneration() == null ? 0 : metadata.getGeneration(),
        time(metadata.getCreationTimestamp()).orElse(Instant.EPOCH),
        time(metadata.getDeletionTimestamp()),
        metadata.getLabels() == null ? Map.of() : metadata.getLabels(),
        metadata.getAnnotations() == null ? Map.of() : metadata.getAnnotations(),
        metadata.getFinalizers() == null ? List.of() : metadata.getFinalizers(),
        metadata.getOwnerReferences().stream()
            .filter(owner -> Boolean.TRUE.equals(owner.getController()))
            .map(OwnerReference::getUid)
            .findFirst(),
        Tree.of(resource.getAdditionalProperties()));
  }

  static ObjectKey key(ObjectMeta metadata) {
    return new ObjectKey(text(metadata.getNamespace()), text(metadata.getName()));
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static Optional<Instant> time(@Nullable String text) {
    return Optional.ofNullable(text).map(Instant::parse);
  }

  private ApiAnswer asked(Supplier<@Nullable GenericKubernetesResource> request) {
    try {
      GenericKubernetesResource answer = request.get();
      return answer == null ? new ApiAnswer.Missing() : new ApiAnswer.Current(object(answer));
    } catch (KubernetesClientException refused) {
      return refusal(refused);
    }
  }

  private static ApiAnswer refusal(KubernetesClientException refused) {
    return switch (refused.getCode()) {
      case NOT_FOUND -> new ApiAnswer.Missing();
      case CONFLICT -> new ApiAnswer.Conflict();
      case FORBIDDEN -> new ApiAnswer.Forbidden(words(refused));
      default -> new ApiAnswer.Unavailable(words(refused));
    };
  }

  private static String words(KubernetesClientException refused) {
    Status status = refused.getStatus();
    String told = status == null ? refused.getMessage() : status.getMessage();
    return told == null ? String.valueOf(refused) : told;
  }

  private GenericKubernetesResource generic(Map<String, ? extends @Nullable Object> object) {
    return client
        .getKubernetesSerialization()
        .convertValue(object, GenericKubernetesResource.class);
  }

  private Resource<GenericKubernetesResource> resource(KubernetesKind kind, ObjectKey key) {
    return here(kind, key).withName(key.name());
  }

  private NonNamespaceOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      here(KubernetesKind kind, ObjectKey key) {
    var operation = operation(kind);
    return kind.namespaced() ? operation.inNamespace(key.namespace()) : operation;
  }

  private MixedOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      operation(KubernetesKind kind) {
    return client.genericKubernetesResources(
        new ResourceDefinitionContext.Builder()
            .withGroup(kind.group())
            .withVersion(kind.version())
            .withKind(kind.kind())
            .withPlural(kind.plural())
            .withNamespaced(kind.namespaced())
            .build());
  }
}
