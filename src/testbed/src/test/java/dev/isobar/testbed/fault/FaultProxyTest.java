package dev.isobar.testbed.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.isobar.testbed.fault.Fault.When;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client sees of each fault, and whether the service was asked. */
final class FaultProxyTest {
  private static final String LOST = "no answer";

  private final AtomicInteger executed = new AtomicInteger();
  private HttpServer service;
  private FaultProxy proxy;

  @BeforeEach
  void start() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
    service.createContext(
        "/",
        exchange -> {
          byte[] sent = exchange.getRequestBody().readAllBytes();
          executed.incrementAndGet();
          exchange.sendResponseHeaders(200, sent.length);
          exchange.getResponseBody().write(sent);
          exchange.close();
        });
    service.start();
    proxy = FaultProxy.of("http://127.0.0.1:" + service.getAddress().getPort());
  }

  @AfterEach
  void end() {
    proxy.close();
    service.stop(0);
  }

  private String post() {
    return post("/servers?limit=1");
  }

  private String post(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(proxy.address() + path))
            .timeout(Duration.ofSeconds(20))
            .POST(HttpRequest.BodyPublishers.ofString("an answer of some length"))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return response.statusCode() == 200 ? response.body() : String.valueOf(response.statusCode());
    } catch (IOException _) {
      return LOST;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  static Stream<Arguments> faults() {
    String whole = "an answer of some length";
    return Stream.of(
        Arguments.of(new Fault.Drop(When.BEFORE), LOST, 0),
        Arguments.of(new Fault.Drop(When.AFTER), LOST, 1),
        Arguments.of(new Fault.Reset(When.BEFORE), LOST, 0),
        Arguments.of(new Fault.Reset(When.AFTER), LOST, 1),
        Arguments.of(new Fault.Truncate(0.5), LOST, 1),
        Arguments.of(Fault.Status.of(503), "503", 0),
        Arguments.of(Fault.Status.of(504).afterwards(), "504", 1),
        Arguments.of(new Fault.Slow(5, Duration.ofMillis(1)), whole, 1));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aFaultComesOnceAndNoLater(Fault fault, String seen, int asked) {
    proxy.once("POST /servers.*", fault);
    assertThat(post()).as("%s", fault).isEqualTo(seen);
    assertThat(executed).as("%s", fault).hasValue(asked);
    assertThat(post()).isEqualTo("an answer of some length");
    assertThat(proxy.log())
        .containsExactly(
            new FaultProxy.Passed("POST /servers?limit=1", asked == 1),
            new FaultProxy.Passed("POST /servers?limit=1", true));
  }

  @Test
  void whatIsHeldIsCarriedOutWhenTheGateOpens() {
    var gate = new CountDownLatch(1);
    proxy.once("POST /held", new Fault.Hold(gate));
    Thread waiting = Thread.ofVirtual().start(() -> post("/held"));
    assertThat(post()).as("others pass").isEqualTo("an answer of some length");
    gate.countDown();
    try {
      waiting.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    assertThat(executed).hasValue(2);
  }

  @Test
  void whatDoesNotMatchPasses() {
    proxy.once("GET .*", new Fault.Drop(When.BEFORE));
    assertThat(post()).isEqualTo("an answer of some length");
  }

  @Test
  void theChosenOneFails() {
    proxy.nth(2, "POST .*", Fault.Status.of(503));
    assertThat(Stream.of(post(), post(), post()))
        .containsExactly("an answer of some length", "503", "an answer of some length");
  }

  @Test
  void somethingHappensBeforeOrAfterTheServiceIsAsked() {
    var seen = new ArrayList<Integer>();
    for (When when : When.values()) {
      proxy.once("POST .*", new Fault.Meanwhile(when, () -> seen.add(executed.get())));
      assertThat(post()).isEqualTo("an answer of some length");
    }
    assertThat(seen).as("requests carried out by then").containsExactly(0, 2);
  }
}
