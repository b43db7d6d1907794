package dev.isobar.e2e.nvidia;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.testbed.build.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs gpu-config-judge, in which NVIDIA's code reads configurations. */
final class GpuConfigJudge {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LIMIT_SECONDS = 120;

  private final Path folder;

  /**
   * A judge.
   *
   * @param folder for what goes in and comes out
   */
  GpuConfigJudge(Path folder) {
    this.folder = folder;
  }

  /**
   * What is said about a configuration.
   *
   * @param name its origin
   * @param sort what it was read as: {@code mig}, {@code time-slicing}, {@code mps} or {@code none}
   * @param refusal empty when it was taken
   */
  record Verdict(String name, String sort, String refusal) {}

  /** The verdicts, in the order of the configurations; all are judged by one run. */
  List<Verdict> judge(List<GpuConfig> configs) {
    try {
      Path in = folder.resolve("documents.json");
      Path out = folder.resolve("verdicts.json");
      Path log = folder.resolve("judge.log");
      Files.writeString(
          in, configs.stream().map(GpuConfigJudge::line).collect(Collectors.joining("\n")));
      Process judge =
          new ProcessBuilder(Planes.programs().of(Program.GPU_CONFIG_JUDGE).toString())
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(log.toFile())
              .start();
      if (!judge.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        var _ = judge.destroyForcibly();
        throw new AssertionError(
            "the judge still runs after %d s: %s".formatted(LIMIT_SECONDS, Files.readString(log)));
      }
      int code = judge.exitValue();
      List<Verdict> verdicts = read(out);
      assertThat(verdicts)
          .as("verdicts; the judge ended with %d: %s", code, Files.readString(log))
          .hasSameSizeAs(configs);
      boolean refused = verdicts.stream().anyMatch(verdict -> !verdict.refusal().isEmpty());
      assertThat(code).as("exit code").isEqualTo(refused ? 1 : 0);
      return verdicts;
    } catch (IOException unable) {
      throw new UncheckedIOException("cannot judge in " + folder, unable);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while configurations were judged", interrupted);
    }
  }

  private static String line(GpuConfig config) {
    try {
      return JSON.writeValueAsString(config.document());
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("texts are JSON", impossible);
    }
  }

  private static List<Verdict> read(Path file) throws IOException {
    try (MappingIterator<Verdict> verdicts =
        JSON.readerFor(Verdict.class).readValues(file.toFile())) {
      return verdicts.readAll();
    }
  }
}
