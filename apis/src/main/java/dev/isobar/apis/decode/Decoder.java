package dev.isobar.apis.decode;

import dev.isobar.apis.tree.Tree;
import java.util.Set;

/**
 * Turns objects into records of one type: fills in defaults, and holds users to everything the
 * record's annotations say except for its CEL rules, which are the composition's to check.
 *
 * <p>Strict: a field that does not exist, or a value of another type, is a mistake and never
 * ignored, because a typing error in a claim would otherwise give a cluster that nobody asked for.
 * It collects all mistakes, so that a user mends them in one go. Nothing a user can write makes it
 * throw. Decoders are unmodifiable and may be shared by threads; a record's annotations are read
 * once per process.
 */
public final class Decoder<T extends Record> {
  /** Who made this many mistakes has enough to read. */
  public static final int MOST_MISTAKES = 20;

  private final RecordReader reader;
  private final Class<T> type;
  private final Set<String> ignored;
  private final boolean lenient;

  private Decoder(RecordReader reader, Class<T> type, Set<String> ignored, boolean lenient) {
    this.reader = reader;
    this.type = type;
    this.ignored = ignored;
    this.lenient = lenient;
  }

  /**
   * The strict decoder of a record type.
   *
   * @throws IllegalArgumentException when the record's annotations contradict each other
   */
  public static <T extends Record> Decoder<T> of(Class<T> type) {
    return new Decoder<>(RecordReader.of(type), type, Set.of(), false);
  }

  /** The same decoder, taking no notice of these fields at the top of the object. */
  public Decoder<T> ignoring(Set<String> fields) {
    return new Decoder<>(reader, type, Set.copyOf(fields), lenient);
  }

  /**
   * The same decoder for what a newer program may have written: unknown fields are ignored, limits
   * and the shape of plain strings are not checked, and what cannot be understood is left out
   * together with the smallest thing that can be missed - an optional field, an element of a list,
   * an entry of a map. Invalid only when that is the whole.
   */
  public Decoder<T> lenient() {
    return new Decoder<>(reader, type, ignored, true);
  }

  /**
   * Decodes an object; one that is absent counts as empty.
   *
   * @param path where the object stands, to begin the mistakes' paths with: {@code spec}, {@code
   *     Cloud wekeo: spec}
   */
  public Decoded<T> decode(Tree tree, String path) {
    Findings findings = new Findings(lenient);
    Object value = reader.readRoot(tree, Place.root(path), ignored, findings);
    if (value == null || !(lenient || findings.none())) {
      return new Decoded.Invalid<>(findings.mistakes());
    }
    return new Decoded.Valid<>(type.cast(value));
  }
}
