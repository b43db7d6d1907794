package dev.isobar.cli.render;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.input.Composite;
import dev.isobar.cli.picture.Planned;
import dev.isobar.cli.yaml.Plain;
import dev.isobar.function.compose.gpu.geometry.GpuModels;
import dev.isobar.function.contract.Condition;
import dev.isobar.function.contract.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of one composite. */
public sealed interface Rendering {
  /** The composite, named as the user wrote it. */
  String subject();

  /** Those that came to something. */
  static List<Done> done(List<Rendering> renderings) {
    return renderings.stream().filter(Done.class::isInstance).map(Done.class::cast).toList();
  }

  /**
   * Core would apply this.
   *
   * @param composite with its new status
   * @param resources by composition resource name
   * @param conditions the function's, then core's
   * @param models GPU products, with those that its Cloud describes
   */
  record Done(
      Composite composite,
      List<Applied> resources,
      List<Condition> conditions,
      List<Event> events,
      GpuModels models)
      implements Rendering {
    @Override
    public String subject() {
      return composite.words();
    }

    /** What its picture is read from. */
    public Planned planned() {
      return new Planned(
          composite.tree(), resources.stream().map(one -> Tree.of(one.object())).toList(), models);
    }

    /** The composite, then its composed resources. */
    List<Map<String, @Nullable Object>> objects() {
      var objects = new ArrayList<Map<String, @Nullable Object>>();
      objects.add(shown(composite));
      resources.forEach(resource -> objects.add(Plain.copy(resource.object())));
      return objects;
    }

    /** Without what core and the API server only note for themselves. */
    private static Map<String, @Nullable Object> shown(Composite composite) {
      Map<String, @Nullable Object> shown = Plain.copy(composite.object());
      var metadata = new LinkedHashMap<String, @Nullable Object>();
      for (String field : List.of("name", "namespace", "labels")) {
        Object value = composite.tree().at("metadata", field).plain();
        if (value != null) {
          metadata.put(field, value);
        }
      }
      shown.put("metadata", metadata);
      return shown;
    }
  }

  /** The function refuses it. */
  record Rejected(String subject, String message) implements Rendering {}

  /** The function failed. */
  record Failed(String subject, String message) implements Rendering {}
}
