package dev.isobar.e2e.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.input.Flavour;
import dev.isobar.cli.yaml.Plain;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.e2e.render.Rendered;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A claim becomes what {@code isobar render} says, and goes without a trace. */
@OnControlPlane
final class SmokeTest {
  private static final String NAMESPACE = "smoke";

  private final ControlPlane plane = Planes.claims();
  private final Kubernetes kubernetes = plane.kubernetes();
  private final Await await = Await.PATIENT;

  @Test
  void claimBecomesWhatRenderSays(@TempDir Path folder) throws IOException {
    Path story = plane.project().story("openstack-gpu-lab");
    Path claim = folder.resolve("claim.yaml");
    Files.writeString(
        claim,
        Files.readString(story.resolve("claim.yaml"))
            .replace("namespace: eo4eu", "namespace: " + NAMESPACE));
    kubernetes.makeNamespace(NAMESPACE, Map.of());
    var _ = kubernetes.apply(Files.readString(story.resolve("cloud.yaml")));
    var _ = kubernetes.apply(Files.readString(claim));

    Reference reference = Kind.CLAIM.named(NAMESPACE, "eo-lab");
    Tree synced = await.until(kubernetes, reference, "is Synced", Conditions.is("Synced", "True"));
    Rendered rendered = Rendered.of(Flavour.CLAIMS, claim, story.resolve("cloud.yaml"));
    String composite = synced.at("spec", "resourceRef", "name").text().orElseThrow();
    var wanted = new TreeSet<>(rendered.composed().stream().map(SmokeTest::words).toList());
    var _ =
        await.until(
            kubernetes,
            Kind.COMPOSITE.named(composite),
            "refers to " + wanted,
            bound -> references(bound.at("spec", "resourceRefs").items()).equals(wanted));
    rendered
        .composed()
        .forEach(object -> {
          var _ = await.until(kubernetes, Reference.of(object), "exists", _ -> true);
        });
    for (Map<String, @Nullable Object> object : rendered.composed()) {
      Tree live = kubernetes.get(Reference.of(object));
      assertThat(live.at("metadata", "ownerReferences").items().getFirst().at("name").text())
          .as("owner of %s", Reference.of(object))
          .contains(composite);
    }

    kubernetes.delete(reference);
    await.untilGone(kubernetes, reference);
    rendered.composed().forEach(object -> await.untilGone(kubernetes, Reference.of(object)));
  }

  private static TreeSet<String> references(List<Tree> references) {
    var words = new TreeSet<String>();
    for (Tree reference : references) {
      var object = Plain.copy(reference.plain());
      words.add(
          words(
              Map.of(
                  "apiVersion", object.getOrDefault("apiVersion", ""),
                  "kind", object.getOrDefault("kind", ""),
                  "metadata",
                      Map.of(
                          "namespace", object.getOrDefault("namespace", ""),
                          "name", object.getOrDefault("name", "")))));
    }
    return words;
  }

  private static String words(Map<String, ? extends @Nullable Object> object) {
    return Reference.of(object).toString();
  }
}
