package dev.isobar.cli.call;

import dev.isobar.function.contract.Requirement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds what a composition asks for, as core finds it in the cluster. */
public interface Lookup {
  /** The objects that meet a requirement, in core's order; by name at most one. */
  List<Map<String, @Nullable Object>> find(Requirement requirement);
}
