package dev.isobar.function.wire;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an encoded object. Most names are never wanted as strings, so a few are compared as
 * the bytes they are; many are sorted.
 */
final class EncodedFields {
  /** Up to here, to look at every name is quicker than to sort them. */
  private static final int FEW = 32;

  private static final int FIRST = 8;

  private final byte[] bytes;
  private int[] starts = new int[FIRST];
  private int[] sizes = new int[FIRST];
  private EncodedTree[] values = new EncodedTree[FIRST];
  private int count;
  private @Nullable NavigableMap<String, EncodedTree> sorted;

  /** No fields of an object among these bytes. */
  EncodedFields(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Adds a field with the bytes of its name. */
  void add(int start, int size, EncodedTree value) {
    if (count == values.length) {
      starts = Arrays.copyOf(starts, count * 2);
      sizes = Arrays.copyOf(sizes, count * 2);
      values = Arrays.copyOf(values, count * 2);
    }
    starts[count] = start;
    sizes[count] = size;
    values[count++] = value;
  }

  /** Whether there are none. */
  boolean none() {
    return count == 0;
  }

  /** The field of a name; as protobuf has it, the last of several. */
  @Nullable EncodedTree get(String name) {
    if (count > FEW) {
      return sorted().get(name);
    }
    for (int i = count - 1; i >= 0; i--) {
      if (sizes[i] == name.length() && stands(name, starts[i])) {
        return values[i];
      }
    }
    return isAscii(name) ? null : sorted().get(name);
  }

  /** Whether an ASCII name stands there; never so of any other. */
  private boolean stands(String name, int start) {
    for (int i = 0; i < name.length(); i++) {
      if (bytes[start + i] != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAscii(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) > Byte.MAX_VALUE) {
        return false;
      }
    }
    return true;
  }

  /** The names. */
  SortedSet<String> names() {
    return Collections.unmodifiableSortedSet(sorted().navigableKeySet());
  }

  /** All fields by name. */
  SortedMap<String, EncodedTree> byName() {
    return Collections.unmodifiableSortedMap(sorted());
  }

  private NavigableMap<String, EncodedTree> sorted() {
    if (sorted == null) {
      var all = new TreeMap<String, EncodedTree>();
      try {
        for (int i = 0; i < count; i++) {
          all.put(WireReader.text(bytes, starts[i], sizes[i]), values[i]);
        }
      } catch (IOException malformed) {
        throw new EncodedTree.Malformed(malformed);
      }
      sorted = all;
    }
    return sorted;
  }
}
