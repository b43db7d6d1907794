package dev.isobar.provider.kube.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Trees of maps, lists, strings, numbers and booleans as bytes; never leaves this process. */
final class Packing {
  private static final byte NOTHING = 0;
  private static final byte TEXT = 1;
  private static final byte WHOLE = 2;
  private static final byte FRACTION = 3;
  private static final byte YES = 4;
  private static final byte NO = 5;
  private static final byte LIST = 6;
  private static final byte MAP = 7;
  private static final int LONG = 255;

  private Packing() {}

  static byte[] pack(Object tree) {
    var bytes = new ByteArrayOutputStream(1024);
    try (var out = new DataOutputStream(bytes)) {
      write(tree, out);
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory does not fail", impossible);
    }
    return bytes.toByteArray();
  }

  static @Nullable Object unpack(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return read(in);
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory does not fail", impossible);
    }
  }

  private static void write(@Nullable Object value, DataOutputStream out) throws IOException {
    switch (value) {
      case null -> out.writeByte(NOTHING);
      case String text -> {
        out.writeByte(TEXT);
        write(text, out);
      }
      case Boolean truth -> out.writeByte(truth ? YES : NO);
      case Double fraction -> {
        out.writeByte(FRACTION);
        out.writeDouble(fraction);
      }
      case Number whole -> {
        out.writeByte(WHOLE);
        out.writeLong(whole.longValue());
      }
      case List<?> list -> {
        out.writeByte(LIST);
        size(list.size(), out);
        for (Object item : list) {
          write(item, out);
        }
      }
      case Map<?, ?> map -> {
        out.writeByte(MAP);
        size(map.size(), out);
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          write(String.valueOf(entry.getKey()), out);
          write(entry.getValue(), out);
        }
      }
      default -> throw new IllegalArgumentException("cannot pack " + value.getClass());
    }
  }

  private static @Nullable Object read(DataInputStream in) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case NOTHING -> null;
      case TEXT -> text(in);
      case WHOLE -> in.readLong();
      case FRACTION -> in.readDouble();
      case YES -> true;
      case NO -> false;
      case LIST -> {
        int size = size(in);
        List<@Nullable Object> list = new ArrayList<>(size);
        for (int index = 0; index < size; index++) {
          list.add(read(in));
        }
        yield list;
      }
      case MAP -> {
        int size = size(in);
        Map<String, @Nullable Object> map = new TreeMap<>();
        for (int index = 0; index < size; index++) {
          map.put(text(in), read(in));
        }
        yield map;
      }
      default -> throw new IllegalStateException("no kind " + kind);
    };
  }

  private static void write(String text, DataOutputStream out) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    size(bytes.length, out);
    out.write(bytes);
  }

  private static String text(DataInputStream in) throws IOException {
    byte[] bytes = new byte[size(in)];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** One byte for what is short, as nearly everything is. */
  private static void size(int size, DataOutputStream out) throws IOException {
    if (size < LONG) {
      out.writeByte(size);
    } else {
      out.writeByte(LONG);
      out.writeInt(size);
    }
  }

  private static int size(DataInputStream in) throws IOException {
    int size = in.readUnsignedByte();
    return size < LONG ? size : in.readInt();
  }
}
