package dev.isobar.function.compose.gpu.packing;

import dev.isobar.function.compose.gpu.packing.LayoutMenu.Layout;
import java.util.Arrays;
import java.util.List;

/**
 * How many GPUs would serve a demand if parts of GPUs could be had: a lower bound, and where to
 * begin. Solves the linear programme of cutting stock in its dual form (a price for each part so
 * that no layout is worth more than one GPU) by the simplex method; Bland's rule keeps it from
 * going in circles.
 */
final class FractionalCover {
  private static final double SMALL = 1e-9;

  /** Bound of pivots, far above what is ever needed. */
  private static final int MOST_PIVOTS = 20_000;

  private final int parts;
  private final double[][] rows;
  private final int[] basic;
  private final int[] free;

  private FractionalCover(List<Layout> layouts, Amounts demand) {
    parts = demand.size();
    rows = new double[layouts.size() + 1][parts + 1];
    basic = new int[layouts.size()];
    free = new int[parts];
    for (int j = 0; j < layouts.size(); j++) {
      basic[j] = parts + j;
      for (int i = 0; i < parts; i++) {
        rows[j][i] = layouts.get(j).parts().of(i);
      }
      rows[j][parts] = 1;
    }
    for (int i = 0; i < parts; i++) {
      free[i] = i;
      rows[layouts.size()][i] = demand.of(i);
    }
  }

  /**
   * The solution.
   *
   * @param prices what each part is worth at least, in GPUs
   * @param uses how often each layout is used
   */
  record Solution(List<Double> prices, List<Double> uses) {}

  static Solution of(List<Layout> layouts, Amounts demand) {
    var cover = new FractionalCover(layouts, demand);
    for (int pivot = 0; pivot < MOST_PIVOTS && cover.improve(); pivot++) {
      // every pivot makes it better
    }
    return cover.solution();
  }

  /** Brings a part or layout in that makes it better; false when there is none. */
  private boolean improve() {
    double[] goal = rows[basic.length];
    int column = -1;
    for (int i = 0; i < parts; i++) {
      if (goal[i] > SMALL && (column < 0 || free[i] < free[column])) {
        column = i;
      }
    }
    if (column < 0) {
      return false;
    }
    int row = -1;
    for (int j = 0; j < basic.length; j++) {
      if (rows[j][column] > SMALL && (row < 0 || tighter(j, row, column))) {
        row = j;
      }
    }
    pivot(row, column);
    return true;
  }

  private boolean tighter(int one, int other, int column) {
    double difference =
        rows[one][parts] / rows[one][column] - rows[other][parts] / rows[other][column];
    return difference < -SMALL || (difference < SMALL && basic[one] < basic[other]);
  }

  private void pivot(int row, int column) {
    double[] turned = rows[row];
    double by = turned[column];
    turned[column] = 1;
    for (int i = 0; i <= parts; i++) {
      turned[i] /= by;
    }
    for (int j = 0; j < rows.length; j++) {
      double times = rows[j][column];
      if (j != row && times != 0) {
        rows[j][column] = 0;
        for (int i = 0; i <= parts; i++) {
          rows[j][i] -= times * turned[i];
        }
      }
    }
    int entering = free[column];
    free[column] = basic[row];
    basic[row] = entering;
  }

  private Solution solution() {
    Double[] prices = new Double[parts];
    Double[] uses = new Double[basic.length];
    Arrays.fill(prices, 0.0);
    Arrays.fill(uses, 0.0);
    for (int j = 0; j < basic.length; j++) {
      if (basic[j] < parts) {
        prices[basic[j]] = Math.max(0, rows[j][parts]);
      }
    }
    for (int i = 0; i < parts; i++) {
      if (free[i] >= parts) {
        uses[free[i] - parts] = Math.max(0, -rows[basic.length][i]);
      }
    }
    return new Solution(List.of(prices), List.of(uses));
  }
}
