package dev.isobar.testbed.kubernetes;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.yaml.Manifest;
import dev.isobar.cli.yaml.ManifestParsing;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.Closeable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A Kubernetes API as one user sees it. Objects are maps to write and trees to read. */
public final class Kubernetes implements Closeable {
  private static final String OWNER = "isobar-testbed";

  /** The API server may have to ask webhooks on a busy machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int BUSY = 429;
  private static final int GONE_OR_ABSENT = 404;
  private static final int THERE = 409;

  private final KubernetesClient client;
  private final Map<Kind, ResourceDefinitionContext> kinds = new ConcurrentHashMap<>();

  private Kubernetes(KubernetesClient client) {
    this.client = client;
  }

  /** The user of a kubeconfig. */
  public static Kubernetes connect(Path kubeconfig) {
    Config config = Config.fromKubeconfig(kubeconfig.toFile());
    config.setRequestRetryBackoffLimit(0);
    config.setRequestTimeout(Math.toIntExact(PATIENCE.toMillis()));
    return new Kubernetes(new KubernetesClientBuilder().withConfig(config).build());
  }

  // --- writing ---------------------------------------------------------------------------------

  /** Creates an object; false when there is one of its name. */
  public boolean create(Map<String, ? extends @Nullable Object> object) {
    Reference reference = Reference.of(object);
    try {
      var there = operation(reference.kind());
      var _ = asked("create " + reference, () -> there.resource(convert(object)).create());
      return true;
    } catch (Refusal refusal) {
      if (refusal.code() == THERE) {
        return false;
      }
      throw refusal;
    }
  }

  /**
   * Applies an object, taking over fields of others; an unknown field is refused.
   *
   * @throws Refusal when the API server refuses it
   */
  public Tree apply(Map<String, ? extends @Nullable Object> object) {
    return apply(object, List.of());
  }

  /**
   * Asks whether an object would be accepted, by schema, admission and webhooks; an unknown field
   * is refused. Nothing is stored.
   *
   * @throws Refusal when it would not
   */
  public Tree dryRun(Map<String, ? extends @Nullable Object> object) {
    return apply(object, List.of("All"));
  }

  /** Applies every object of a YAML text, in its order. */
  public List<Tree> apply(String yaml) {
    var applied = new ArrayList<Tree>();
    for (Manifest manifest : ManifestParsing.parse("text", yaml)) {
      applied.add(apply(manifest.object()));
    }
    return applied;
  }

  private Tree apply(Map<String, ? extends @Nullable Object> object, List<String> dryRun) {
    Reference reference = Reference.of(object);
    var context =
        new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(OWNER)
            .withForce(true)
            .withFieldValidation("Strict")
            .withDryRun(dryRun)
            .build();
    return tree(
        asked("apply " + reference, () -> resource(reference).patch(context, convert(object))));
  }

  /** Merges fields into an object; null removes one. */
  public Tree patch(Reference reference, Map<String, ? extends @Nullable Object> fields) {
    var context = PatchContext.of(PatchType.JSON_MERGE);
    return tree(
        asked("patch " + reference, () -> resource(reference).patch(context, json(fields))));
  }

  /** Merges fields into an object's status, as its controller does. */
  public Tree patchStatus(Reference reference, Map<String, ? extends @Nullable Object> status) {
    var context = PatchContext.of(PatchType.JSON_MERGE);
    String fields = json(Map.of("status", status));
    return tree(
        asked(
            "patch the status of " + reference,
            () -> resource(reference).subresource("status").patch(context, fields)));
  }

  /** Puts an object in the place of the one it was read from. */
  public void update(Map<String, ? extends @Nullable Object> object) {
    Reference reference = Reference.of(Tree.of(object));
    var there = operation(reference.kind()).inNamespace(reference.namespace());
    var _ = asked("update " + reference, () -> there.resource(convert(object)).update());
  }

  /** Sets how many replicas an object has, by the subresource for it, as autoscalers do. */
  public void scale(Reference reference, int replicas) {
    var context = PatchContext.of(PatchType.JSON_MERGE);
    String fields = json(Map.of("spec", Map.of("replicas", replicas)));
    var _ =
        asked(
            "scale " + reference,
            () -> resource(reference).subresource("scale").patch(context, fields));
  }

  /** Asks for an object's deletion, in the background as kubectl does; it may have gone already. */
  public void delete(Reference reference) {
    delete(reference, DeletionPropagation.BACKGROUND);
  }

  /** Asks for an object's deletion before which everything that it owns has to go. */
  public void deleteInForeground(Reference reference) {
    delete(reference, DeletionPropagation.FOREGROUND);
  }

  private void delete(Reference reference, DeletionPropagation how) {
    var _ =
        asked("delete " + reference, () -> resource(reference).withPropagationPolicy(how).delete());
  }

  /** Makes a namespace. */
  public void makeNamespace(String name, Map<String, String> labels) {
    var _ =
        apply(
            Map.of(
                "apiVersion", "v1",
                "kind", "Namespace",
                "metadata", Map.of("name", name, "labels", labels)));
  }

  // --- reading ---------------------------------------------------------------------------------

  /** An object, if it exists. */
  public Optional<Tree> find(Reference reference) {
    try {
      return Optional.ofNullable(read("get " + reference, () -> resource(reference).get()))
          .map(this::tree);
    } catch (Refusal refusal) {
      if (refusal.code() == GONE_OR_ABSENT) {
        return Optional.empty();
      }
      throw refusal;
    }
  }

  /** An object that must exist. */
  public Tree get(Reference reference) {
    return find(reference).orElseThrow(() -> new AssertionError("there is no " + reference));
  }

  /** Objects of a kind in a namespace, sorted by name; in all of them when it is empty. */
  public List<Tree> list(Kind kind, String namespace) {
    return list(kind, namespace, Map.of());
  }

  /** Those of them that carry labels. */
  public List<Tree> list(Kind kind, String namespace, Map<String, String> labels) {
    GenericKubernetesResourceList list =
        read(
            "list " + kind.name(),
            () ->
                namespace.isEmpty()
                    ? everywhere(kind, labels)
                    : operation(kind).inNamespace(namespace).withLabels(labels).list());
    return list.getItems().stream().map(this::tree).toList();
  }

  private GenericKubernetesResourceList everywhere(Kind kind, Map<String, String> labels) {
    return context(kind).isNamespaceScoped()
        ? operation(kind).inAnyNamespace().withLabels(labels).list()
        : operation(kind).withLabels(labels).list();
  }

  /**
   * Tells every state of the objects of a kind that carry labels, beginning with the present ones,
   * until it is closed.
   *
   * @param seen is told one state after the other, in the order in which they were stored
   */
  public Closeable follow(Kind kind, Map<String, String> labels, Consumer<Seen> seen) {
    var watcher =
        new Watcher<GenericKubernetesResource>() {
          @Override
          public void eventReceived(Action action, GenericKubernetesResource resource) {
            switch (action) {
              case ADDED, MODIFIED -> seen.accept(new Seen(tree(resource), false));
              case DELETED -> seen.accept(new Seen(tree(resource), true));
              case ERROR, BOOKMARK -> {}
            }
          }

          @Override
          public void onClose(WatcherException cause) {
            // The end of the API server ends what is followed, too.
          }
        };
    var everywhere = operation(kind);
    var options = new ListOptionsBuilder().withResourceVersion("0").build();
    return read(
        "follow " + kind.name(),
        () ->
            context(kind).isNamespaceScoped()
                ? everywhere.inAnyNamespace().withLabels(labels).watch(options, watcher)
                : everywhere.withLabels(labels).watch(options, watcher));
  }

  /**
   * A state of an object.
   *
   * @param gone whether it was the last one; its resourceVersion is then that of the deletion
   */
  public record Seen(Tree object, boolean gone) {}

  /** Whether a resource is served in a version by now. */
  public boolean serves(String apiVersion, String plural) {
    APIResourceList resources =
        asked("discover " + apiVersion, () -> client.getApiResources(apiVersion));
    return resources != null
        && resources.getResources().stream().anyMatch(one -> one.getName().equals(plural));
  }

  /** What the API server answers to a GET of a path. */
  public String raw(String path) {
    return asked("GET " + path, () -> client.raw(path));
  }

  /** A token of a service account. */
  public String token(String namespace, String account, Duration life) {
    TokenRequest request =
        new TokenRequestBuilder()
            .withNewSpec()
            .withExpirationSeconds(life.toSeconds())
            .endSpec()
            .build();
    return asked(
        "make a token of " + namespace + "/" + account,
        () ->
            client
                .serviceAccounts()
                .inNamespace(namespace)
                .withName(account)
                .tokenRequest(request)
                .getStatus()
                .getToken());
  }

  @Override
  public void close() {
    client.close();
  }

  private Resource<GenericKubernetesResource> resource(Reference reference) {
    var operation = operation(reference.kind());
    NonNamespaceOperation<
            GenericKubernetesResource,
            GenericKubernetesResourceList,
            Resource<GenericKubernetesResource>>
        here =
            reference.namespace().isEmpty()
                ? operation
                : operation.inNamespace(reference.namespace());
    return here.withName(reference.name());
  }

  private MixedOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      operation(Kind kind) {
    return client.genericKubernetesResources(context(kind));
  }

  /** Kinds keep their names, so one answer of the API server is enough; a refusal is not kept. */
  private ResourceDefinitionContext context(Kind kind) {
    return kinds.computeIfAbsent(kind, this::discover);
  }

  private ResourceDefinitionContext discover(Kind kind) {
    APIResourceList resources =
        asked("discover " + kind.apiVersion(), () -> client.getApiResources(kind.apiVersion()));
    List<APIResource> all = resources == null ? List.of() : resources.getResources();
    APIResource found =
        all.stream()
            .filter(one -> one.getKind().equals(kind.name()) && !one.getName().contains("/"))
            .findFirst()
            .orElseThrow(() ->
                new Refusal(
                    "find " + kind,
                    GONE_OR_ABSENT,
                    "the API server does not serve this kind",
                    new IllegalStateException("no such kind")));
    int slash = kind.apiVersion().indexOf('/');
    return new ResourceDefinitionContext.Builder()
        .withGroup(slash < 0 ? "" : kind.apiVersion().substring(0, slash))
        .withVersion(kind.apiVersion().substring(slash + 1))
        .withKind(kind.name())
        .withPlural(found.getName())
        .withNamespaced(found.getNamespaced())
        .build();
  }

  /** Asks again where the API server has only just begun to serve a kind, and says it is busy. */
  private static <T> T read(String what, Supplier<T> request) {
    return new Await(SOON)
        .until("it is not too busy to " + what, () -> answer(what, request), Optional::isPresent)
        .orElseThrow()
        .get();
  }

  /** What is answered, be it a refusal; empty where it is asked again. */
  private static <T> Optional<Supplier<T>> answer(String what, Supplier<T> request) {
    try {
      T answered = asked(what, request);
      return Optional.of(() -> answered);
    } catch (Refusal refusal) {
      return refusal.code() == BUSY
          ? Optional.empty()
          : Optional.of(() -> {
            throw refusal;
          });
    }
  }

  private static <T> T asked(String what, Supplier<T> request) {
    try {
      return request.get();
    } catch (KubernetesClientException refused) {
      Status status = refused.getStatus();
      String message = status == null ? refused.getMessage() : status.getMessage();
      throw new Refusal(what, refused.getCode(), String.valueOf(message), refused);
    }
  }

  private Tree tree(GenericKubernetesResource resource) {
    return Tree.of(client.getKubernetesSerialization().convertValue(resource, Map.class));
  }

  private GenericKubernetesResource convert(Map<String, ? extends @Nullable Object> object) {
    return client
        .getKubernetesSerialization()
        .convertValue(object, GenericKubernetesResource.class);
  }

  private String json(Map<String, ? extends @Nullable Object> object) {
    return client.getKubernetesSerialization().asJson(object);
  }
}
