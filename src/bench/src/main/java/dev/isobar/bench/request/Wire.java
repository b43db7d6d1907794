package dev.isobar.bench.request;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Objects as protobuf carries them, and back. */
final class Wire {
  private Wire() {}

  static Struct struct(Map<?, ?> object) {
    Struct.Builder struct = Struct.newBuilder();
    object.forEach((field, value) -> struct.putFields(String.valueOf(field), value(value)));
    return struct.build();
  }

  private static Value value(@Nullable Object plain) {
    Value.Builder value = Value.newBuilder();
    return switch (plain) {
      case null -> value.setNullValue(NullValue.NULL_VALUE).build();
      case String text -> value.setStringValue(text).build();
      case Boolean truth -> value.setBoolValue(truth).build();
      case Number number -> value.setNumberValue(number.doubleValue()).build();
      case Map<?, ?> object -> value.setStructValue(struct(object)).build();
      case List<?> items -> {
        ListValue.Builder list = ListValue.newBuilder();
        items.forEach(item -> list.addValues(value(item)));
        yield value.setListValue(list).build();
      }
      default -> throw new IllegalArgumentException("cannot send a " + plain.getClass().getName());
    };
  }

  /** An object to be changed freely, as are those inside it. */
  static SortedMap<String, @Nullable Object> map(Struct struct) {
    var map = new TreeMap<String, @Nullable Object>();
    struct.getFieldsMap().forEach((field, value) -> map.put(field, plain(value)));
    return map;
  }

  private static @Nullable Object plain(Value value) {
    return switch (value.getKindCase()) {
      case KIND_NOT_SET, NULL_VALUE -> null;
      case STRING_VALUE -> value.getStringValue();
      case BOOL_VALUE -> value.getBoolValue();
      case NUMBER_VALUE -> number(value.getNumberValue());
      case STRUCT_VALUE -> map(value.getStructValue());
      case LIST_VALUE -> {
        var items = new ArrayList<@Nullable Object>();
        value.getListValue().getValuesList().forEach(item -> items.add(plain(item)));
        yield items;
      }
    };
  }

  private static Object number(double number) {
    return number == Math.rint(number) ? (Object) (long) number : (Object) number;
  }
}
