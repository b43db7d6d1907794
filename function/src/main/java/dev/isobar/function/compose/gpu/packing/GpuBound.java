package dev.isobar.function.compose.gpu.packing;

import dev.isobar.function.compose.gpu.packing.LayoutMenu.Layout;
import java.util.ArrayList;
import java.util.List;

/** How many GPUs a demand takes at least. */
final class GpuBound {
  /** More than what is lost in rounding, less than what could be a GPU. */
  private static final double SMALL = 1e-6;

  private final LayoutMenu menu;

  /** Prices of parts at which no layout is worth more than one GPU. */
  private final List<double[]> prices = new ArrayList<>();

  GpuBound(LayoutMenu menu) {
    this.menu = menu;
    for (int part = 0; part < menu.parts().size(); part++) {
      int at = part;
      double[] alone = new double[menu.parts().size()];
      alone[part] =
          1.0
              / menu.layouts().stream()
                  .mapToInt(layout -> layout.parts().of(at))
                  .max()
                  .orElseThrow();
      prices.add(alone);
    }
  }

  /** Solves the linear programme for a demand; its prices serve all later questions too. */
  FractionalCover.Solution solve(Amounts demand) {
    List<Layout> layouts = menu.layouts();
    FractionalCover.Solution solution = FractionalCover.of(layouts, demand);
    double[] found = solution.prices().stream().mapToDouble(Double::doubleValue).toArray();
    double dearest = 1;
    for (Layout layout : layouts) {
      dearest = Math.max(dearest, worth(found, layout.parts()));
    }
    for (int i = 0; i < found.length; i++) {
      found[i] /= dearest; // whatever rounding did, no layout is worth more than one GPU
    }
    prices.add(found);
    return solution;
  }

  /** A number of GPUs that no packing of the demand goes below. */
  int gpus(Amounts demand) {
    return (int) Math.ceil(worth(demand) - SMALL);
  }

  /** The same before it is rounded up. */
  double worth(Amounts demand) {
    double most = 0;
    for (double[] price : prices) {
      most = Math.max(most, worth(price, demand));
    }
    return most;
  }

  private static double worth(double[] price, Amounts amounts) {
    double worth = 0;
    for (int i = 0; i < price.length; i++) {
      worth += price[i] * amounts.of(i);
    }
    return worth;
  }
}
