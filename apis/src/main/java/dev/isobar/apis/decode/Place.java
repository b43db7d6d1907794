package dev.isobar.apis.decode;

import org.jspecify.annotations.Nullable;

/**
 * Where in an object a value stands. Cheap to make and only spelled out when there is a mistake to
 * report.
 *
 * @param inside the place of the object or list that holds the value; null at the root
 * @param name the field's name or the map's key, or the path of the root; empty in a list
 * @param index the index in a list, or one of the negative constants
 */
record Place(@Nullable Place inside, String name, int index) {
  private static final int FIELD = -1;
  private static final int KEY = -2;

  static Place root(String path) {
    return new Place(null, path, FIELD);
  }

  Place field(String field) {
    return new Place(this, field, FIELD);
  }

  Place key(String key) {
    return new Place(this, key, KEY);
  }

  Place item(int item) {
    return new Place(this, "", item);
  }

  /** The place as users know it: {@code spec.pools[1].labels[team]}. */
  String path() {
    StringBuilder path = new StringBuilder();
    write(path);
    return path.toString();
  }

  private void write(StringBuilder path) {
    if (inside == null) {
      path.append(name);
      return;
    }
    inside.write(path);
    switch (index) {
      case FIELD -> path.append(path.isEmpty() ? "" : ".").append(Words.cut(name));
      case KEY -> path.append('[').append(Words.cut(name)).append(']');
      default -> path.append('[').append(index).append(']');
    }
  }
}
