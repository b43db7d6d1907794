package dev.isobar.provider.ec2;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * AWS's query protocol on the loopback: answers each action as it is told to, and keeps what it was
 * asked.
 */
final class QueryServer implements Closeable {
  /** What becomes of a request. */
  sealed interface Answer {
    /** XML with a status. */
    record Xml(int status, String body) implements Answer {}

    /** The connection ends, though the request was carried out. */
    record Silence() implements Answer {}

    /** The reply ends in the middle. */
    record Half(String body) implements Answer {}
  }

  private final HttpServer server;
  private final Map<String, Function<Map<String, String>, String>> actions = new TreeMap<>();
  private final Map<String, Deque<Answer>> instead = new TreeMap<>();
  private final List<Map<String, String>> asked = new CopyOnWriteArrayList<>();

  QueryServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException none) {
      throw new UncheckedIOException(none);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** How an action is carried out: parameters in, the inside of the reply out. */
  void on(String action, Function<Map<String, String>, String> deed) {
    actions.put(action, deed);
  }

  /** The next reply to an action is this one; the action is carried out all the same. */
  void replyOnce(String action, Answer answer) {
    instead.computeIfAbsent(action, _ -> new ArrayDeque<>()).add(answer);
  }

  /** A refusal in EC2's form. */
  static Answer refusal(int status, String code, String message) {
    return new Answer.Xml(
        status,
        "<Response><Errors><Error><Code>%s</Code><Message>%s</Message></Error></Errors>"
                .formatted(code, message)
            + "<RequestID>3f2504e0-4f89-41d3-9a0c-0305e82c3301</RequestID></Response>");
  }

  /** What it was asked for an action so far. */
  List<Map<String, String>> asked(String action) {
    return asked.stream().filter(request -> action.equals(request.get("Action"))).toList();
  }

  private void serve(HttpExchange exchange) throws IOException {
    Map<String, String> request = parameters(exchange);
    asked.add(request);
    String action = request.getOrDefault("Action", "");
    Function<Map<String, String>, String> deed = actions.get(action);
    Answer answer =
        deed == null ? refusal(400, "InvalidAction", action) : done(action, deed, request);
    Deque<Answer> others = instead.getOrDefault(action, new ArrayDeque<>());
    switch (others.isEmpty() ? answer : others.poll()) {
      case Answer.Xml(var status, var body) -> {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
      }
      case Answer.Half(var body) -> {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
      }
      case Answer.Silence() -> {}
    }
    exchange.close();
  }

  static Answer done(
      String action, Function<Map<String, String>, String> deed, Map<String, String> request) {
    return new Answer.Xml(200, reply(action, deed.apply(request)));
  }

  /** A reply in EC2's form. */
  static String reply(String action, String inside) {
    return "<%sResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">%s</%sResponse>"
        .formatted(action, inside, action);
  }

  private static Map<String, String> parameters(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, String> parameters = new TreeMap<>();
    for (String pair : body.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(
            pair.substring(0, equals),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return parameters;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
