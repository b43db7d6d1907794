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
      List<PicturedPool> kinds =
          picture.pools().stream().filter(one -> one.name().equals(pool.name())).toList();
      lines.add("  " + heading(pool, kinds.size() > 1));
      for (PicturedNode node : pool.nodes()) {
        String note = node.note().isEmpty() ? "" : node.note() + ": ";
        node.rows().forEach(row -> lines.add("    " + note + row.label() + ": " + words(row)));
        if (!node.waste().isEmpty()) {
          lines.add("    " + note + node.waste());
        }
      }
      pool.offers().forEach(offer -> lines.add("    " + words(offer)));
      if (kinds.size() > 1 && pool.equals(kinds.getLast())) {
        lines.add("  " + together(kinds));
      }
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

  /** What the kinds of nodes of an accelerator come to, all nodes counted that there may be. */
  private static String together(List<PicturedPool> kinds) {
    var inAll = new TreeMap<String, Integer>();
    int compute = 0;
    int memory = 0;
    for (PicturedPool kind : kinds) {
      for (OfferedResource offer : kind.offers()) {
        inAll.put(offer.resource(), inAll.getOrDefault(offer.resource(), 0) + offer.inAll());
      }
      for (PicturedNode node : kind.nodes().stream().limit(1).toList()) {
        compute += kind.count().most() * node.wastedCompute();
        memory += kind.count().most() * node.wastedMemory();
      }
    }
    var words = new StringJoiner(", ", kinds.getFirst().name() + " together: ", "");
    words.add(PicturedPool.Count.sum(kinds).words());
    inAll.forEach((resource, count) -> words.add(resource + ": " + count + " in all"));
    if (compute + memory > 0) {
      words.add(compute + " compute slices and " + memory + " memory slices of all in no slice");
    }
    return words.toString();
  }

  private static String heading(PicturedPool pool, boolean several) {
    var words = new StringJoiner(", ", pool.name() + ": ", "");
    if (pool.foreign()) {
      words.add("pool " + pool.pool() + " of the cluster");
    } else if (several) {
      words.add("pool " + pool.pool());
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
