package dev.isobar.provider.reconcile;

import dev.isobar.apis.compute.UsedProviderConfig;
import dev.isobar.provider.decide.Managed;
import dev.isobar.provider.external.Subject;
import java.util.Map;
import java.util.TreeMap;

/** Who machines belong to, with the marks they carry: Crossplane's tags and ours. */
final class Subjects {
  private Subjects() {}

  static Subject of(Managed managed, Map<String, String> more) {
    UsedProviderConfig config = managed.spec().providerConfigRef();
    Map<String, String> marks = new TreeMap<>(more);
    marks.put("crossplane-kind", "instance.compute.isobar.dev");
    marks.put(Subject.NAME_TAG, managed.key().name());
    marks.put(Subject.NAMESPACE_TAG, managed.key().namespace());
    marks.put("crossplane-providerconfig", config.name());
    marks.put("crossplane-providerconfig-kind", config.kind().name());
    marks.put(Subject.UID_TAG, managed.uid());
    return new Subject(
        managed.uid(),
        managed.key().namespace(),
        managed.key().name(),
        managed.externalName(),
        marks);
  }
}
