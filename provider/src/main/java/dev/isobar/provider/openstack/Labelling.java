package dev.isobar.provider.openstack;

import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.openstack.compute.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where the labels of a server differ from what they shall be. What others wrote there stays.
 *
 * @param add metadata that is missing or has another value
 * @param remove keys that the spec had once and has no more
 * @param tags those of ours that are missing
 * @param former marks of others, which give way to ours: a server has one owner
 */
record Labelling(
    SortedMap<String, String> add,
    SortedSet<String> remove,
    SortedSet<String> tags,
    SortedSet<String> former) {
  static final String TAGS = "spec.forProvider.tags";
  static final String METADATA = "spec.forProvider.providerSpecific.openstack.metadata";

  static Labelling of(Subject subject, InstanceParameters wanted, Server server) {
    SortedMap<String, String> all = ServerMarks.metadata(subject, wanted);
    SortedSet<String> remove = new TreeSet<>(ServerMarks.keysOf(server));
    remove.retainAll(server.metadata().keySet());
    remove.removeAll(all.keySet());
    SortedMap<String, String> add = new TreeMap<>(all);
    add.entrySet().removeIf(one -> one.getValue().equals(server.metadata().get(one.getKey())));
    SortedSet<String> tags = ServerMarks.tags(subject.uid());
    tags.removeAll(server.tags());
    return new Labelling(add, remove, tags, ServerMarks.others(subject.uid(), server));
  }

  /** Whether all is as it shall be. */
  boolean done() {
    return add.isEmpty() && remove.isEmpty() && marked();
  }

  private boolean marked() {
    return tags.isEmpty() && former.isEmpty();
  }

  /** What differs, in the words of the spec. */
  List<Deviation> deviations(InstanceParameters wanted, Server server) {
    Map<String, String> corner = wanted.providerSpecific().openstack().metadata();
    SortedMap<String, String> ofCorner = new TreeMap<>(add);
    ofCorner.keySet().retainAll(corner.keySet());
    ofCorner.keySet().removeAll(wanted.tags().keySet());
    SortedMap<String, String> ofTags = new TreeMap<>(add);
    ofTags.keySet().removeAll(ofCorner.keySet());
    List<Deviation> found = new ArrayList<>();
    if (!ofTags.isEmpty() || !remove.isEmpty() || !marked()) {
      SortedMap<String, String> missing = new TreeMap<>(ofTags);
      tags.forEach(tag -> missing.put(tag, ""));
      found.add(deviation(TAGS, missing, server));
    }
    if (!ofCorner.isEmpty()) {
      found.add(deviation(METADATA, ofCorner, server));
    }
    return found;
  }

  private Deviation deviation(String field, SortedMap<String, String> missing, Server server) {
    SortedMap<String, String> there = new TreeMap<>(server.metadata());
    SortedSet<String> keys = new TreeSet<>(missing.keySet());
    if (field.equals(TAGS)) {
      keys.addAll(remove);
    }
    there.keySet().retainAll(keys);
    return new Deviation(field, missing.toString(), there.toString(), true);
  }
}
