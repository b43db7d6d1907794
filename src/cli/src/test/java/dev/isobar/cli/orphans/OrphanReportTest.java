package dev.isobar.cli.orphans;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.cli.orphans.OrphanReport.Format;
import dev.isobar.provider.kube.account.OrphanSearch.Found;
import dev.isobar.provider.kube.account.OrphanSearch.Orphan;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OrphanReportTest {
  private static final String CONFIG = "ClusterProviderConfig wekeo";
  private static final Found SOME =
      new Found(
          List.of(
              new Orphan(
                  "machine",
                  "7c9e",
                  "lab/one",
                  Optional.of(Instant.parse("2026-11-25T10:00:00.5Z")),
                  CONFIG),
              new Orphan("key pair", "isobar-5f1d", "5f1d", Optional.empty(), CONFIG)),
          List.of(new Orphan("volume", "vol-1", "5f1d", Optional.empty(), CONFIG)),
          2,
          List.of("ProviderConfig eo/lab: CloudUnreachable: no answer"));

  private static final String KEPT =
      "1 volume outlived its machine, as a spec says (deleteWithInstance: false); it is no"
          + " orphan\n";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private void print(Found found, Format format) {
    OrphanReport.print(
        found,
        format,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @Test
  void aTableForPeople() {
    print(SOME, Format.TABLE);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            KIND          ID            INSTANCE   SINCE                  CONFIG
            machine       7c9e          lab/one    2026-11-25T10:00:00Z   ClusterProviderConfig wekeo
            key pair      isobar-5f1d   5f1d       -                      ClusterProviderConfig wekeo
            kept volume   vol-1         5f1d       -                      ClusterProviderConfig wekeo
            """);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            failed: ProviderConfig eo/lab: CloudUnreachable: no answer
            2 of the machines are another management cluster's; --all judges them too
            1 volume outlived its machine, as a spec says (deleteWithInstance: false); it is no orphan
            """);
  }

  @Test
  void aListForPrograms() {
    print(new Found(SOME.orphans().subList(0, 1), SOME.kept(), 0, List.of()), Format.JSON);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {
              "apiVersion": "v1",
              "kind": "List",
              "items": [
                {
                  "kind": "machine",
                  "config": "ClusterProviderConfig wekeo",
                  "id": "7c9e",
                  "instance": "lab/one",
                  "since": "2026-11-25T10:00:00Z"
                },
                {
                  "kind": "kept volume",
                  "config": "ClusterProviderConfig wekeo",
                  "id": "vol-1",
                  "instance": "5f1d"
                }
              ]
            }
            """);
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo(KEPT);
  }

  @Test
  void whatIsKeptIsNoOrphan() {
    print(new Found(List.of(), SOME.kept(), 0, List.of()), Format.TABLE);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            KIND          ID      INSTANCE   SINCE   CONFIG
            kept volume   vol-1   5f1d       -       ClusterProviderConfig wekeo
            """);
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo(KEPT + "no orphans\n");
  }

  @Test
  void nothingIsSaidAloud() {
    print(new Found(List.of(), List.of(), 0, List.of()), Format.TABLE);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("no orphans\n");
  }
}
