package dev.isobar.function.compose.capi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the real script, with commands in its path that play the disks of a machine: a folder with a
 * file for each disk, which holds the type, the bytes, the rows lsblk shows of it, and its label.
 */
final class DisksTest {
  private static final Map<String, String> COMMANDS =
      Map.of(
          "lsblk",
          """
          case "$*" in
            "-bdnpo NAME,TYPE,SIZE") for disk in "$DISKS"/*; do read -r type bytes rows label <"$disk"; echo "$disk $type $bytes"; done ;;
            *) shift; read -r type bytes rows label <"$1"; i=0; while [ $i -lt "$rows" ]; do echo row; i=$((i+1)); done ;;
          esac
          """,
          "blkid",
          """
          case "$1" in
            -L) for disk in "$DISKS"/*; do read -r type bytes rows label <"$disk"; [ "$label" = "$2" ] && { echo "$disk"; exit 0; }; done; exit 2 ;;
            -p) read -r type bytes rows label <"$2"; case "$label" in "") exit 2 ;; ambivalent) exit 8 ;; *) exit 0 ;; esac ;;
          esac
          """,
          "mkfs.ext4",
          "read -r type bytes rows label <\"$4\"; echo \"$type $bytes $rows $3\" >\"$4\"\n",
          "mountpoint",
          "exit 1\n",
          "mount",
          "echo \"$1\" >>\"$MOUNTED\"\n");

  @TempDir Path folder;

  record Row(String reason, List<String> disks, List<String> commands, String labels) {}

  private static String disk(int gibibytes, String label) {
    return "disk " + gibibytes * (1L << 30) + " 1 " + label;
  }

  static Stream<Row> rows() {
    String root = "disk 42949672960 3 ";
    return Stream.of(
        new Row("the one there is", List.of(root, disk(10, "")), List.of("a /a 10"), " a"),
        new Row(
            "by size, whatever the order",
            List.of(root, disk(500, ""), disk(10, "")),
            List.of("a /a 10", "b /b 500"),
            " b a"),
        new Row(
            "by order among equals",
            List.of(root, disk(10, ""), disk(10, "")),
            List.of("a /a 10", "b /b 10"),
            " a b"),
        new Row(
            "one that carries something is left alone",
            List.of(disk(10, "theirs"), disk(10, "ambivalent"), disk(10, "")),
            List.of("a /a 10"),
            "theirs ambivalent a"),
        new Row(
            "one with partitions too",
            List.of("disk 10737418240 2 ", disk(10, "")),
            List.of("a /a 10"),
            " a"),
        new Row(
            "what is no disk too",
            List.of("rom 10737418240 1 ", disk(10, "")),
            List.of("a /a 10"),
            " a"),
        new Row(
            "the second time by label",
            List.of(disk(10, ""), disk(10, "")),
            List.of("a /a 10", "a /a 10"),
            "a "),
        new Row(
            "none of the size: no other is taken",
            List.of(disk(11, ""), disk(9, "")),
            List.of("a /a 10"),
            " : no blank disk of 10 GiB for a"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void areToldApartBySize(Row row) throws IOException, InterruptedException {
    Path disks = Files.createDirectory(folder.resolve("disks"));
    for (int i = 0; i < row.disks.size(); i++) {
      Files.writeString(disks.resolve("vd" + (char) ('a' + i)), row.disks.get(i) + "\n");
    }
    Path commands = Files.createDirectory(folder.resolve("bin"));
    for (Map.Entry<String, String> command : COMMANDS.entrySet()) {
      executable(commands.resolve(command.getKey()), "#!/bin/sh\n" + command.getValue());
    }
    Path table = Files.createFile(folder.resolve("fstab"));
    Path script = folder.resolve("script");
    executable(script, script().replace("/etc/fstab", table.toString()));

    var failures = new StringBuilder();
    List<String> mounted = new ArrayList<>();
    for (String command : row.commands) {
      String[] words = command.split(" ");
      Path target = folder.resolve("root" + words[1]);
      failures.append(run(script, words[0], target.toString(), words[2]));
      mounted.add(target.toString());
    }
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < row.disks.size(); i++) {
      String[] words = Files.readString(disks.resolve("vd" + (char) ('a' + i))).split("[ \n]");
      labels.add(words.length > 3 ? words[3] : "");
    }
    assertThat(String.join(" ", labels) + (failures.isEmpty() ? "" : ": " + failures))
        .as(row.reason)
        .isEqualTo(row.labels);
    if (failures.isEmpty()) {
      assertThat(Files.readAllLines(folder.resolve("mounted"))).isEqualTo(mounted);
      assertThat(Files.readString(table))
          .as("a line for each disk, however often it runs")
          .hasLineCount((int) row.commands.stream().distinct().count());
    }
  }

  private static String script() {
    SortedMap<String, Object> file = Disks.files(List.of(new Disks.Mount("a", "/a", 1))).getFirst();
    return String.valueOf(file.get("content"));
  }

  private static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** What it says when it fails, empty when it does not. */
  private String run(Path script, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("/bin/sh", script.toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "PATH",
                folder.resolve("bin") + ":" + System.getenv().getOrDefault("PATH", "/usr/bin:/bin"),
                "DISKS",
                folder.resolve("disks").toString(),
                "MOUNTED",
                folder.resolve("mounted").toString()));
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? "" : said.strip();
  }

  @Test
  void aDiskThatWouldHideAnotherIsMountedBeforeIt() {
    var child = new Disks.Mount("a", "/a/b", 1);
    var parent = new Disks.Mount("b", "/a", 1);
    var other = new Disks.Mount("c", "/a.b", 1);
    String script = "/usr/local/sbin/isobar-mount-disk ";
    String first = script + "a /a/b 1";
    String second = script + "b /a 1";
    String third = script + "c /a.b 1";
    assertThat(Disks.commands(List.of(child, other, parent)))
        .containsExactly(
            first, third, second, "umount /a", "umount /a.b", "umount /a/b", second, third, first);
    assertThat(Disks.commands(List.of(parent, child, other))).containsExactly(second, first, third);
  }
}
