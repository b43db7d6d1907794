package dev.isobar.provider.openstack;

import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.infrastructure.MachineTag;
import dev.isobar.provider.external.CreationToken;
import dev.isobar.provider.external.Mark;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.openstack.compute.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How machines and what belongs to them are marked. Nova searches by tags, which are words of at
 * most 60 characters, so a server has the tags {@value #OURS} and {@code isobar-uid=...};
 * everything else is metadata, which has room for values but cannot be searched. Neutron searches
 * by description, and takes it in the request that makes a port, unlike its tags.
 */
final class ServerMarks {
  /** The tag of all machines of all Instances. */
  static final String OURS = "isobar";

  /** Metadata: address of the primary interface's card, which tells its addresses from others. */
  static final String PRIMARY = "isobar-primary";

  /** Metadata: the keys that were taken from the spec, so that those of others stay. */
  private static final String KEYS = "isobar-keys";

  private static final int LONGEST_VALUE = 255;

  private ServerMarks() {}

  /** The tag of an Instance's machines, and the description of its ports and addresses. */
  static String of(String uid) {
    return Subject.UID_TAG + "=" + uid;
  }

  /** Whose a server is: the UID is a tag, all else metadata. */
  static Optional<Mark> mark(Server server) {
    return Mark.read(key -> key.equals(Subject.UID_TAG) ? uid(server) : server.metadata(key));
  }

  private static Optional<String> uid(Server server) {
    return server.tags().stream().flatMap(tag -> uid(tag).stream()).findFirst();
  }

  /** The UID that a tag or a description is the mark of. */
  static Optional<String> uid(String mark) {
    String prefix = of("");
    return mark.startsWith(prefix)
        ? Optional.of(mark.substring(prefix.length()))
        : Optional.empty();
  }

  /** Marks of other Instances that a server carries. */
  static SortedSet<String> others(String uid, Server server) {
    SortedSet<String> others = new TreeSet<>(server.tags());
    others.removeIf(tag -> uid(tag).filter(other -> !other.equals(uid)).isEmpty());
    return others;
  }

  static SortedSet<String> tags(String uid) {
    return new TreeSet<>(List.of(OURS, of(uid)));
  }

  /** The token of the creation that a server came of. */
  static Optional<CreationToken> token(Server server) {
    return server.metadata(Subject.TOKEN_TAG).map(CreationToken::new);
  }

  /** Whether a server came of this creation. */
  static boolean bears(Server server, CreationToken token) {
    return token(server).equals(Optional.of(token));
  }

  /** The name of an interface's port; the same for every try of a creation. */
  static String port(String networkInterface, CreationToken token) {
    return OURS + "-" + networkInterface + "-" + token.text();
  }

  /** Whether a port was made by the creation that a server came of. */
  static boolean isPort(String name, Server server) {
    return token(server).filter(token -> name.endsWith("-" + token.text())).isPresent();
  }

  /** The name of the key pair of an Instance. */
  static String key(String uid) {
    return OURS + "-" + uid;
  }

  /** The UID of the Instance that a key pair was brought for. */
  static Optional<String> keyOwner(String name) {
    String prefix = key("");
    return name.startsWith(prefix)
        ? Optional.of(name.substring(prefix.length()))
        : Optional.empty();
  }

  /** What a user wants a server to carry. */
  static SortedMap<String, String> wanted(InstanceParameters wanted) {
    SortedMap<String, String> values =
        new TreeMap<>(wanted.providerSpecific().openstack().metadata());
    values.putAll(wanted.tags());
    values.keySet().removeIf(MachineTag::isReserved);
    return values;
  }

  /** All metadata of a server, but what only its creation has. */
  static SortedMap<String, String> metadata(Subject subject, InstanceParameters wanted) {
    SortedMap<String, String> values = wanted(wanted);
    SortedMap<String, String> all = new TreeMap<>(keys(values.keySet()));
    all.putAll(values);
    all.putAll(subject.marks());
    return all;
  }

  /** The keys that were once taken from the spec. */
  static SortedSet<String> keysOf(Server server) {
    SortedSet<String> keys = new TreeSet<>();
    server
        .metadata()
        .forEach((key, value) -> {
          if (key.startsWith(KEYS)) {
            keys.addAll(List.of(value.split(",")));
          }
        });
    return keys;
  }

  /** Keys hold no commas, and none is longer than a value may be. */
  private static Map<String, String> keys(Iterable<String> keys) {
    List<StringBuilder> lines = new ArrayList<>();
    for (String key : keys) {
      if (lines.isEmpty() || lines.getLast().length() + 1 + key.length() > LONGEST_VALUE) {
        lines.add(new StringBuilder(key));
      } else {
        lines.getLast().append(',').append(key);
      }
    }
    SortedMap<String, String> written = new TreeMap<>();
    for (int line = 0; line < lines.size(); line++) {
      written.put(line == 0 ? KEYS : KEYS + "-" + (line + 1), lines.get(line).toString());
    }
    return written;
  }
}
