package dev.isobar.cli.input;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How large an object is for the API server, which stores it as JSON. */
final class ObjectSize {
  /** What etcd takes in one request, unless it is told otherwise (--max-request-bytes). */
  private static final long MOST = 1536 * 1024;

  /** Quotes and a comma or colon. */
  private static final int AROUND_TEXT = 3;

  private ObjectSize() {}

  /** Why no cluster could hold the object, and what takes most of it; empty when one can. */
  static Optional<String> problem(Map<String, @Nullable Object> object) {
    long bytes = bytes(object);
    if (bytes <= MOST) {
      return Optional.empty();
    }
    return Optional.of(
        "%s: takes most of the %d bytes of the object, and a cluster stores objects of at most %d (1.5 MiB); shorten it"
            .formatted(largest("", object, bytes), bytes, MOST));
  }

  /** The place below which no single part takes more than half of the whole. */
  private static String largest(String path, @Nullable Object value, long whole) {
    switch (value) {
      case Map<?, ?> map -> {
        for (Map.Entry<?, ?> field : map.entrySet()) {
          if (bytes(field.getValue()) > whole / 2) {
            String dot = path.isEmpty() ? "" : ".";
            return largest(path + dot + field.getKey(), field.getValue(), whole);
          }
        }
      }
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          if (bytes(list.get(i)) > whole / 2) {
            return largest(path + "[" + i + "]", list.get(i), whole);
          }
        }
      }
      case null, default -> {}
    }
    return path.isEmpty() ? "what it holds" : path;
  }

  /** A little less than it is: what JSON escapes is counted as it is, and a number as a digit. */
  private static long bytes(@Nullable Object value) {
    return switch (value) {
      case String text -> text.getBytes(StandardCharsets.UTF_8).length + AROUND_TEXT;
      case Map<?, ?> map ->
          2
              + map.entrySet().stream()
                  .mapToLong(field -> bytes(field.getKey()) + bytes(field.getValue()))
                  .sum();
      case List<?> list -> 2 + list.stream().mapToLong(ObjectSize::bytes).sum();
      case null, default -> 1;
    };
  }
}
