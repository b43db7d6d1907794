package dev.isobar.cli.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Tells a picture in words, for those who cannot look at it. */
public final class PictureText {
  private PictureText() {}

  /** The lines. */
  public static List<String> lines(Picture picture) {
    var lines = new ArrayList<String>();
    for (PicturedPool pool : picture.pools()) {
      lines.add("  " + heading(pool));
      for (PicturedNode node : pool.nodes()) {
        String note = node.note().isEmpty() ? "" : node.note() + ": ";
        node.rows().forEach(row -> lines.add("    " + note + row.label() + ": " + words(row)));
        if (!node.waste().isEmpty()) {
          lines.add("    " + note + node.waste());
        }
      }
      pool.offers().forEach(offer -> lines.add("    " + words(offer)));
    }
    if (!picture.others().isEmpty()) {
      lines.add("  no GPU: " + String.join(", ", picture.others()));
    }
    return lines;
  }

  /** A GPU in words: {@code 2 x 1g.20gb, 1 x 3g.40gb}. */
  public static String words(GpuRow row) {
    return switch (row.division()) {
      case GpuRow.Whole _ -> "whole";
      case GpuRow.Shared shared -> shared.words();
      case GpuRow.Unplaced(var counts) -> words(counts);
      case GpuRow.Sliced sliced -> {
        var counts = new TreeMap<String, Integer>();
        sliced
            .slices()
            .forEach(
                slice -> counts.put(slice.profile(), counts.getOrDefault(slice.profile(), 0) + 1));
        yield words(counts);
      }
    };
  }

  private static String words(Map<String, Integer> counts) {
    var words = new StringJoiner(", ");
    counts.forEach((profile, count) -> words.add(count + " \u00d7 " + profile));
    return words.toString();
  }

  private static String heading(PicturedPool pool) {
    var words = new StringJoiner(", ", pool.name() + ": ", "");
    if (pool.foreign()) {
      words.add("pool " + pool.pool() + " of the cluster");
    }
    if (!pool.hardware().isEmpty()) {
      words.add(pool.count().words()).add(pool.hardware());
    }
    return words.toString();
  }

  private static String words(OfferedResource offer) {
    return "%s: %d a node, %d in all%s"
        .formatted(
            offer.resource(),
            offer.perNode(),
            offer.inAll(),
            offer.users().isEmpty() ? "" : ", for " + String.join(", ", offer.users()));
  }
}
