package dev.isobar.e2e.sveltos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.IsobarMain;
import dev.isobar.cli.yaml.ManifestParsing;
import dev.isobar.e2e.commandline.Shell;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.testbed.build.Program;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import dev.isobar.testbed.process.Ports;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Add-ons come, fail, are mended and go, in one cluster. */
@OnControlPlane
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(4)
final class AddonsTest {
  static final String GREETING =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: greeting
        namespace: {{ .Release.Namespace }}
      data:
        text: Hello {{ required "say whom to greet" .Values.whom }}
      """;

  private static final String RULES =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: house-rules, namespace: default}
      data: {braces: "taken {{ literally }}"}
      """;

  private static final Map<String, String> ALL_DEPLOYED =
      Map.of(
          "cni", "Deployed",
          "cloud-controller", "Deployed",
          "volumes", "Deployed",
          "metrics-server", "Deployed");

  private final ControlPlane plane = Planes.claims().with(Lab.CONTROLLERS);
  private final Kubernetes management = plane.kubernetes();
  private final ChartRepository charts = ChartRepository.start();
  private Lab lab;

  @BeforeAll
  void open() {
    charts.offer("greeting", "1.0.0", GREETING);
    lab = Lab.open(plane, "addons", charts);
    lab.settles();
  }

  @BeforeEach
  void asksForNothing() {
    lab.asksFor();
    var _ =
        Lab.AWAIT.until(
            "only the add-ons of Isobar are there, and deployed",
            lab::states,
            ALL_DEPLOYED::equals);
    lab.settles();
  }

  /** Nothing of it waits for an add-on that cannot be had. */
  @AfterAll
  void end() {
    lab.asksFor(
        OwnAddon.chart("greeting", charts.address(), "1.0.0", Map.of()),
        OwnAddon.chart("nowhere", "http://127.0.0.1:" + Ports.free(), "1.0.0", Map.of()));
    var _ = lab.awaitState("greeting", "Failed");
    var _ = lab.awaitState("nowhere", "Failed");
    lab.goes();
    charts.close();
  }

  @Test
  void clusterWithItsAddonsIsReady() {
    Tree claim =
        Lab.AWAIT.until(management, lab.claim(), "is Ready", Conditions.is("Ready", "True"));
    assertThat(claim.at("status", "stage").text()).contains("Paused");
    assertThat(claim.at("status", "message").text()).contains(lab.cluster().leftAlone());
    assertThat(lab.states()).isEqualTo(ALL_DEPLOYED);
  }

  /** Sveltos fills in the template; the function has never seen what is in it. */
  @Test
  void credentialsArriveInTheCluster() {
    Tree secret = lab.inside().get(Kind.SECRET.named("kube-system", "cloud-config"));
    assertThat(decoded(secret, "clouds.yaml"))
        .isEqualTo("clouds: {openstack: {region_name: played}}");
    assertThat(decoded(secret, "cloud.conf")).contains("use-clouds=true", "lb-provider=ovn");
  }

  @Test
  void addonsOfTheClaimComeAndGo() {
    lab.asksFor(
        OwnAddon.chart("greeting", charts.address(), "1.0.0", Map.of("whom", "{{ nobody }}")),
        OwnAddon.manifests("house-rules", RULES));
    var _ = lab.awaitState("greeting", "Deployed");
    var _ = lab.awaitState("house-rules", "Deployed");
    Reference greeting = Kind.CONFIG_MAP.named("greeting", "greeting");
    Reference rules = Kind.CONFIG_MAP.named("default", "house-rules");
    assertThat(lab.inside().get(greeting).at("data", "text").text()).contains("Hello {{ nobody }}");
    assertThat(lab.inside().get(rules).at("data", "braces").text())
        .contains("taken {{ literally }}");

    lab.asksFor(OwnAddon.manifests("house-rules", RULES));

    Lab.AWAIT.untilGone(lab.inside(), greeting);
    assertThat(lab.inside().find(rules)).as("the add-on that stays").isPresent();

    lab.asksFor();

    Lab.AWAIT.untilGone(lab.inside(), rules);
    var _ =
        Lab.AWAIT.until(
            "the claim names the add-ons of Isobar alone", lab::states, ALL_DEPLOYED::equals);
  }

  @Test
  void troubleIsToldWithItsReasonAndCanBeMended() {
    int port = Ports.free();
    OwnAddon nowhere = OwnAddon.chart("nowhere", "http://127.0.0.1:" + port, "1.0.0", Map.of());
    OwnAddon greeting = OwnAddon.chart("greeting", charts.address(), "1.0.0", Map.of());

    lab.asksFor(nowhere);

    assertThat(toldAlone("nowhere")).contains("127.0.0.1:" + port, "connection refused");

    lab.asksFor(greeting);

    assertThat(toldAlone("greeting")).contains("say whom to greet");

    lab.asksFor(greeting, nowhere);

    assertThat(lab.awaitState("greeting", "Failed")).contains("say whom to greet");
    assertThat(lab.awaitState("nowhere", "Failed"))
        .contains("127.0.0.1:" + port, "connection refused");
    Tree claim =
        Lab.AWAIT.until(
            management, lab.claim(), "tells the trouble", Conditions.is("Ready", "False"));
    assertThat(Conditions.is("AddonsReady", "False", "Failed").test(claim))
        .as("AddonsReady of %s", String.valueOf(claim.at("status", "conditions").plain()))
        .isTrue();
    assertThat(claim.at("status", "stage").text()).contains("Degraded");
    assertThat(claim.at("status", "message").text().orElse(""))
        .startsWith("add-on greeting (also nowhere): ")
        .contains("say whom to greet")
        .endsWith("; besides, " + lab.cluster().leftAlone());
    assertThat(lab.states()).containsEntry("cni", "Deployed").containsEntry("volumes", "Deployed");

    lab.asksFor(OwnAddon.chart("greeting", charts.address(), "1.0.0", Map.of("whom", "Ada")));

    var _ = lab.awaitState("greeting", "Deployed");
    lab.settles();
    var _ = Lab.AWAIT.until(management, lab.claim(), "is Ready", Conditions.is("Ready", "True"));
  }

  /** The words of the only add-on that failed, which are the condition's. */
  private String toldAlone(String addon) {
    var _ = lab.awaitState(addon, "Failed");
    return Lab.AWAIT.until(
        "AddonsReady tells of " + addon + " alone",
        () -> Conditions.words(management.get(lab.claim()), "AddonsReady"),
        words -> words.startsWith("False/Failed: add-on " + addon + ": "));
  }

  /** The lines with which {@code isobar render --help} fetches what exists. */
  @Test
  void recipeOfTheHelpShowsTheClusterAsItIs() {
    Path folder = Shell.newFolder("recipe");
    var shell = new Shell(folder, Map.of("KUBECONFIG", plane.server().kubeconfig().toString()));
    shell.put("kubectl", plane.programs().of(Program.KUBECTL));
    shell.putIsobar();
    String printed =
        shell.type(
            "kubectl get platformcluster eo-lab -n eo4eu -o yaml > claim.yaml\n%s\n"
                .formatted(recipe())
                .replace("eo4eu", lab.claim().namespace())
                .replace("cloud/wekeo", "cloud/" + lab.claim().namespace()));
    List<Tree> objects =
        ManifestParsing.parse("printed", printed).stream()
            .map(manifest -> Tree.of(manifest.object()))
            .toList();
    assertThat(objects.getFirst().at("status", "message").text())
        .contains(lab.cluster().leftAlone());
    assertThat(objects.stream().skip(1).map(Reference::of))
        .containsExactlyInAnyOrderElementsOf(lab.composed());
  }

  private static String recipe() {
    var help = new ByteArrayOutputStream();
    var out = new PrintStream(help, false, StandardCharsets.UTF_8);
    var _ = IsobarMain.run(new String[] {"render", "--help"}, out, out);
    String text = help.toString(StandardCharsets.UTF_8);
    String end = "isobar render claim.yaml platform.yaml observed/";
    return text.substring(text.indexOf("mkdir observed"), text.indexOf(end) + end.length());
  }

  private static String decoded(Tree secret, String key) {
    return new String(
        Base64.getDecoder().decode(secret.at("data", key).text().orElseThrow()),
        StandardCharsets.UTF_8);
  }
}
