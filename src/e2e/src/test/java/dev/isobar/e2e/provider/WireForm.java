package dev.isobar.e2e.provider;

import dev.isobar.provider.external.SecretBytes;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Records as arrays that Java can write to a stream: only for talking to a stand-in on the
 * loopback.
 */
final class WireForm {
  private WireForm() {}

  static Object write(Object value) {
    return switch (value) {
      case null -> null;
      case SecretBytes secret -> new Object[] {"secret", secret.bytes()};
      case Record record -> new Object[] {"record", record.getClass().getName(), parts(record)};
      case Optional<?> some -> new Object[] {"optional", write(some.orElse(null))};
      case List<?> list -> new Object[] {"list", list.stream().map(WireForm::write).toArray()};
      case Map<?, ?> map ->
          new Object[] {
            "map", map.keySet().toArray(), map.values().stream().map(WireForm::write).toArray()
          };
      default -> value;
    };
  }

  static Object read(Object form) {
    if (!(form instanceof Object[] parts)) {
      return form;
    }
    return switch ((String) parts[0]) {
      case "secret" -> new SecretBytes((byte[]) parts[1]);
      case "record" -> record((String) parts[1], (Object[]) parts[2]);
      case "optional" -> Optional.ofNullable(read(parts[1]));
      case "list" ->
          new ArrayList<>(Arrays.stream((Object[]) parts[1]).map(WireForm::read).toList());
      case "map" -> map((Object[]) parts[1], (Object[]) parts[2]);
      default -> throw new IllegalArgumentException("no form " + parts[0]);
    };
  }

  private static Object map(Object[] keys, Object[] values) {
    var map = new TreeMap<Object, Object>();
    for (int index = 0; index < keys.length; index++) {
      map.put(keys[index], read(values[index]));
    }
    return map;
  }

  private static Object[] parts(Record record) {
    return Arrays.stream(record.getClass().getRecordComponents())
        .map(part -> write(value(record, part)))
        .toArray();
  }

  private static Object value(Record record, RecordComponent part) {
    try {
      return part.getAccessor().invoke(record);
    } catch (ReflectiveOperationException closed) {
      throw new IllegalStateException(closed);
    }
  }

  private static Object record(String name, Object[] parts) {
    try {
      Class<?> type = Class.forName(name);
      Class<?>[] types =
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(Arrays.stream(parts).map(WireForm::read).toArray());
    } catch (ReflectiveOperationException closed) {
      throw new IllegalStateException(closed);
    }
  }
}
