package dev.isobar.testbed.fault;

import dev.isobar.testbed.fault.Fault.When;
import dev.isobar.testbed.fault.HttpMessage.Header;
import dev.isobar.testbed.process.CannotRun;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Passes requests on to a service on this machine, one per connection, and lets those fail that it
 * was told to. It changes no answer it was not told to change.
 */
public final class FaultProxy implements Closeable {
  /** However long a gate stays shut, no request outlives a test. */
  private static final int LONGEST_HOLD = 120;

  /**
   * A request as it came by.
   *
   * @param line method and path, and a form's action, as in {@code POST /v2.1/servers} and {@code
   *     POST / RunInstances}
   * @param executed whether the service answered it
   */
  public record Passed(String line, boolean executed) {}

  private record Rule(
      Predicate<String> lines, Fault fault, AtomicInteger spared, AtomicInteger left) {
    /** Whether it is this request's turn. */
    boolean takes(String line) {
      if (left.get() == 0 || !lines.test(line)) {
        return false;
      }
      if (spared.get() > 0) {
        spared.decrementAndGet();
        return false;
      }
      left.decrementAndGet();
      return true;
    }
  }

  private final ServerSocket server;
  private final URI upstream;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final List<Passed> log = new CopyOnWriteArrayList<>();

  private FaultProxy(ServerSocket server, URI upstream) {
    this.server = server;
    this.upstream = upstream;
  }

  /** A proxy on a free port. */
  public static FaultProxy of(String upstream) {
    try {
      var server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
      var proxy = new FaultProxy(server, URI.create(upstream));
      var _ = proxy.workers.submit(proxy::accept);
      return proxy;
    } catch (IOException none) {
      throw new CannotRun("cannot listen on the loopback", none);
    }
  }

  /** Where it listens. */
  public String address() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** Lets the next request fail whose line is like that. */
  public void once(String pattern, Fault fault) {
    times(1, pattern, fault);
  }

  /** Lets the next requests fail whose line is like that. */
  public void times(int times, String pattern, Fault fault) {
    add(0, times, pattern, fault);
  }

  /** Lets one request fail whose line is like that: the next one is the first. */
  public void nth(int which, String pattern, Fault fault) {
    add(which - 1, 1, pattern, fault);
  }

  private void add(int spared, int times, String pattern, Fault fault) {
    rules.add(
        new Rule(
            line -> line.matches(pattern),
            fault,
            new AtomicInteger(spared),
            new AtomicInteger(times)));
  }

  /** Lets nothing fail any more. */
  public void heal() {
    rules.clear();
  }

  /** What came by so far. */
  public List<Passed> log() {
    return List.copyOf(log);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        var _ = workers.submit(() -> serve(client));
      } catch (IOException _) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      Optional<HttpMessage> request = HttpMessage.read(client.getInputStream(), false);
      if (request.isPresent()) {
        serve(client, request.get());
      }
    } catch (IOException | InterruptedException _) {
      // The client gave up, or the service ended; either learns of it by its own connection.
    }
  }

  private void serve(Socket client, HttpMessage request) throws IOException, InterruptedException {
    String line = request.wish();
    Optional<Fault> fault = fault(line);
    if (fault.isEmpty()) {
      passOn(line, request).write(client.getOutputStream());
      return;
    }
    switch (fault.get()) {
      case Fault.Status status -> {
        if (status.when() == When.AFTER) {
          var _ = passOn(line, request);
        } else {
          log.add(new Passed(line, false));
        }
        answer(status).write(client.getOutputStream());
      }
      case Fault.Drop(var when) -> let(when, line, request);
      case Fault.Reset(var when) -> {
        let(when, line, request);
        reset(client);
      }
      case Fault.Truncate(var share) -> {
        HttpMessage answer = passOn(line, request);
        client.getOutputStream().write(answer.head(answer.length()));
        answer.write(client.getOutputStream(), 0, (int) (answer.length() * share));
      }
      case Fault.Slow slow -> drip(client, passOn(line, request), slow);
      case Fault.Meanwhile meanwhile ->
          during(meanwhile, line, request).write(client.getOutputStream());
      case Fault.Hold(var gate) -> {
        var _ = gate.await(LONGEST_HOLD, TimeUnit.SECONDS);
        passOn(line, request).write(client.getOutputStream());
      }
    }
  }

  private synchronized Optional<Fault> fault(String line) {
    for (Rule rule : rules) {
      if (rule.takes(line)) {
        return Optional.of(rule.fault());
      }
    }
    return Optional.empty();
  }

  private void let(When when, String line, HttpMessage request) throws IOException {
    if (when == When.AFTER) {
      var _ = passOn(line, request);
    } else {
      log.add(new Passed(line, false));
    }
  }

  private HttpMessage during(Fault.Meanwhile meanwhile, String line, HttpMessage request)
      throws IOException {
    if (meanwhile.when() == When.BEFORE) {
      meanwhile.happening().run();
    }
    HttpMessage answer = passOn(line, request);
    if (meanwhile.when() == When.AFTER) {
      meanwhile.happening().run();
    }
    return answer;
  }

  private static void reset(Socket client) throws SocketException {
    client.setSoLinger(true, 0);
  }

  private static void drip(Socket client, HttpMessage answer, Fault.Slow slow)
      throws IOException, InterruptedException {
    client.getOutputStream().write(answer.head(answer.length()));
    for (int at = 0; at < answer.length(); at += slow.bytes()) {
      answer.write(client.getOutputStream(), at, Math.min(slow.bytes(), answer.length() - at));
      TimeUnit.NANOSECONDS.sleep(slow.every().toNanos());
    }
  }

  private static HttpMessage answer(Fault.Status status) {
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Content-Type", "application/json"));
    status.headers().forEach((name, value) -> headers.add(new Header(name, value)));
    return new HttpMessage(
        "HTTP/1.1 " + status.status() + " Fault",
        headers,
        status.body().getBytes(StandardCharsets.UTF_8));
  }

  private HttpMessage passOn(String line, HttpMessage request) throws IOException {
    try (Socket service = new Socket(upstream.getHost(), upstream.getPort())) {
      request.write(service.getOutputStream());
      HttpMessage answer =
          HttpMessage.read(service.getInputStream(), true)
              .orElseThrow(() -> new IOException("the service answers nothing"));
      log.add(new Passed(line, true));
      return answer;
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException stubborn) {
      throw new CannotRun("cannot close " + address(), stubborn);
    } finally {
      workers.shutdownNow();
    }
  }
}
