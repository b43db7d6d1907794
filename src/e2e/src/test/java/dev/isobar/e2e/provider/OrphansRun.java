package dev.isobar.e2e.provider;

import dev.isobar.cli.IsobarMain;
import dev.isobar.testbed.plane.ControlPlane;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** How {@code isobar orphans} ended on a control plane, and what it said. */
public record OrphansRun(int code, String out, String err) {
  /** Runs it as the control plane's administrator. */
  public static OrphansRun on(ControlPlane plane, String... more) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    List<String> words =
        new ArrayList<>(List.of("orphans", "--kubeconfig", plane.server().kubeconfig().toString()));
    words.addAll(List.of(more));
    int code =
        IsobarMain.run(
            words.toArray(String[]::new),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new OrphansRun(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
