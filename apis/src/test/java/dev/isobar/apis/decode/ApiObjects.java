package dev.isobar.apis.decode;

import dev.isobar.apis.grammar.Bounds;
import dev.isobar.apis.grammar.Form;
import dev.isobar.apis.grammar.Grammar;
import dev.isobar.apis.grammar.Grammar.Presence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Makes random objects that an API allows. */
record ApiObjects(Random random) {
  private static final List<String> SAMPLES =
      List.of(
          "a",
          "gpu",
          "de",
          "az1",
          "default",
          "1.35.2",
          "1.35",
          "20Gi",
          "5m",
          "10.0.0.0/16",
          "10.0.0.1",
          "40%",
          "500m",
          "https://example.org/x",
          "oci://example.org/charts",
          "docker.io",
          "1g.10gb",
          "1/8",
          "subnet-01234567",
          "fs-0123456789abcdef0",
          "@daily",
          "30 2 * * 1",
          "6f1c1f0e-52a1-4c1d-9e0a-0f4f0d6f0a11",
          "CUSTOM_NVIDIA_A100",
          "1g.10gb+me",
          "/var/lib/scratch",
          "ami-01234567",
          "v1.2.3-eksbuild.1",
          "arn:aws:iam::111122223333:role/nodes",
          "arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d",
          "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----");

  Map<String, Object> of(Class<? extends Record> type) {
    Grammar grammar = Grammar.of(type);
    List<String> left = new ArrayList<>();
    for (List<String> group : grammar.exactlyOne()) {
      left.addAll(group);
      left.remove(group.get(random.nextInt(group.size())));
    }
    List<String> chosen =
        grammar.exactlyOne().stream()
            .flatMap(List::stream)
            .filter(name -> !left.contains(name))
            .toList();
    Map<String, Object> object = new TreeMap<>();
    for (Grammar.Field field : grammar.fields()) {
      boolean needed = field.presence() == Presence.REQUIRED || chosen.contains(field.name());
      if (needed || (!left.contains(field.name()) && random.nextInt(3) == 0)) {
        object.put(field.name(), value(field.form()));
      }
    }
    return object;
  }

  private Object value(Form form) {
    return switch (form) {
      case Form.Text text -> text(text.length().orAtMost(Form.USUAL_LENGTH), text.shape());
      case Form.TextRecord text -> text(text.length(), Optional.of(text.shape()));
      case Form.Choice choice -> choice.names().get(random.nextInt(choice.names().size()));
      case Form.Whole whole -> whole.bounds().nearest(random.nextInt(6));
      case Form.Truth _ -> random.nextBoolean();
      case Form.Listing list -> list(list);
      case Form.Mapping map -> map(map);
      case Form.Anything _ -> Map.of("a", List.of(1L, Map.of("b", "c")), "d", 0.5);
      case Form.Structure structure -> of(structure.type());
    };
  }

  private String text(Bounds length, Optional<Form.Shape> shape) {
    List<String> fitting =
        SAMPLES.stream()
            .filter(sample -> length.allow(sample.length()))
            .filter(sample -> shape.isEmpty() || shape.get().pattern().matcher(sample).matches())
            .toList();
    if (fitting.isEmpty()) {
      throw new IllegalStateException("add a sample that is " + shape + " and of length " + length);
    }
    return fitting.get(random.nextInt(fitting.size()));
  }

  /** One element where two could be the same. */
  private List<Object> list(Form.Listing list) {
    boolean distinct = list.key().isPresent() || list.distinct();
    long size = list.items().nearest(distinct ? random.nextInt(2) : random.nextInt(4));
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      items.add(value(list.element()));
    }
    return items;
  }

  private Map<String, Object> map(Form.Mapping map) {
    Map<String, Object> entries = new TreeMap<>();
    for (int i = 0; i < map.entries().nearest(random.nextInt(3)); i++) {
      entries.put(text(Bounds.NONE, map.keys()), value(map.value()));
    }
    return entries;
  }
}
