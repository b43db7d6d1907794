package dev.isobar.testbed.ec2;

import dev.isobar.testbed.plane.Project;
import dev.isobar.testbed.process.CannotRun;
import dev.isobar.testbed.process.Command;
import dev.isobar.testbed.process.LocalProcess;
import dev.isobar.testbed.process.Ports;
import dev.isobar.testbed.process.Probe;
import dev.isobar.testbed.process.Processes;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;

/**
 * EC2, IAM and STS on a port of the loopback. What it knows is in its memory: a new one begins with
 * a default network in every region, some images, and nothing else.
 */
public final class MotoServer implements Closeable {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final LocalProcess process;
  private final URI address;

  private MotoServer(LocalProcess process, URI address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts one and waits until it answers.
   *
   * @param cache where its Python is kept
   * @throws CannotRun with what is missing
   */
  public static MotoServer start(Project project, Path cache, Processes processes) {
    Path folder = project.root().resolve("src/testbed/moto");
    Path python = Virtualenv.python(folder.resolve("requirements.txt"), cache, processes);
    int port = Ports.free();
    URI address = URI.create("http://127.0.0.1:" + port);
    LocalProcess process =
        processes
            .start(
                Command.of("moto", folder, python, "-I", "server.py", "-H", "127.0.0.1", "-p", port)
                    .with("MOTO_EC2_ENABLE_INSTANCE_TYPE_VALIDATION", true)
                    .with("MOTO_ENABLE_AMI_VALIDATION", true))
            .awaitReady(Probe.answers(address + "/isobar/behaviour"), LIMIT);
    return new MotoServer(process, address);
  }

  /** Where all its services are. */
  public URI address() {
    return address;
  }

  /**
   * Tells the cloud what it shall do from now on.
   *
   * @param json fields of {@code server.py}'s behaviour; those that are not named stay
   */
  public void behave(String json) {
    post("/isobar/behaviour", json);
  }

  /** From now on signatures and policies count; until then everybody may do everything. */
  public void enforcePolicies() {
    post("/moto-api/reset-auth", "0");
  }

  private void post(String path, String body) {
    var request =
        HttpRequest.newBuilder(address.resolve(path))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .timeout(LIMIT)
            .build();
    try (var client = HttpClient.newHttpClient()) {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status != 200) {
        throw new CannotRun("moto answers " + status + " to " + path + " " + body);
      }
    } catch (IOException unreachable) {
      throw new CannotRun("moto does not answer", unreachable);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CannotRun("interrupted while asking moto", interrupted);
    }
  }

  /** Ends it. */
  @Override
  public void close() {
    process.stop();
  }
}
