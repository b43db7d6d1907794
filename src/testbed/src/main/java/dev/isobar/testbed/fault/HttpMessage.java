package dev.isobar.testbed.fault;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A request or an answer, as its bytes are. */
final class HttpMessage {
  private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=([A-Za-z]+)");

  private final String first;
  private final List<Header> headers;
  private final byte[] body;

  /**
   * A message.
   *
   * @param first its first line
   * @param headers names as they came, and values
   */
  HttpMessage(String first, List<Header> headers, byte[] body) {
    this.first = first;
    this.headers = List.copyOf(headers);
    this.body = body.clone();
  }

  record Header(String name, String value) {
    boolean is(String other) {
      return name.equalsIgnoreCase(other);
    }
  }

  /**
   * Reads one; empty when the connection ended before it began.
   *
   * @param toEnd whether a body without a length goes on to the end of the connection
   */
  static Optional<HttpMessage> read(InputStream in, boolean toEnd) throws IOException {
    String first = line(in);
    if (first.isEmpty()) {
      return Optional.empty();
    }
    List<Header> headers = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.add(new Header(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    HttpMessage head = new HttpMessage(first, headers, new byte[0]);
    return Optional.of(new HttpMessage(first, headers, body(in, head, toEnd)));
  }

  private static byte[] body(InputStream in, HttpMessage head, boolean toEnd) throws IOException {
    if (head.header("transfer-encoding")
        .filter(value -> value.toLowerCase(Locale.ROOT).contains("chunked"))
        .isPresent()) {
      return chunks(in);
    }
    Optional<String> length = head.header("content-length");
    if (length.isPresent()) {
      byte[] body = in.readNBytes(Integer.parseInt(length.get()));
      if (body.length < Integer.parseInt(length.get())) {
        throw new EOFException("a body that is shorter than it says");
      }
      return body;
    }
    boolean none = head.first().matches("HTTP/1\\.[01] (1..|204|304).*");
    return toEnd && !none ? in.readAllBytes() : new byte[0];
  }

  private static byte[] chunks(InputStream in) throws IOException {
    var all = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line(in).split(";", 2)[0].strip(), 16);
      all.write(in.readNBytes(size));
      var _ = line(in);
      if (size == 0) {
        return all.toByteArray();
      }
    }
  }

  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  /** Its first line. */
  String first() {
    return first;
  }

  /** Bytes of its body. */
  int length() {
    return body.length;
  }

  /** Writes a part of its body. */
  void write(OutputStream out, int from, int length) throws IOException {
    out.write(body, from, length);
    out.flush();
  }

  /**
   * What a request wishes for: method and path, and behind them the action of a form, because AWS
   * takes all requests at one path.
   */
  String wish() {
    String[] words = first.split(" ", 3);
    Matcher action = ACTION.matcher(new String(body, StandardCharsets.ISO_8859_1));
    return words[0] + " " + words[1] + (action.find() ? " " + action.group(1) : "");
  }

  Optional<String> header(String name) {
    return headers.stream().filter(header -> header.is(name)).map(Header::value).findFirst();
  }

  /** The first line and those headers that are for the other end, with the true length. */
  byte[] head(int length) {
    var text = new StringBuilder(first).append("\r\n");
    for (Header header : headers) {
      if (!header.is("connection")
          && !header.is("content-length")
          && !header.is("transfer-encoding")) {
        text.append(header.name()).append(": ").append(header.value()).append("\r\n");
      }
    }
    if (!first.matches("HTTP/1\\.[01] (204|304).*")) {
      text.append("Content-Length: ").append(length).append("\r\n");
    }
    return text.append("Connection: close\r\n\r\n")
        .toString()
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  void write(OutputStream out) throws IOException {
    out.write(head(body.length));
    out.write(body);
    out.flush();
  }
}
