package dev.isobar.cli.input;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was handed in, sorted.
 *
 * @param composites in the order in which they depend on each other
 * @param observed what exists already, composites aside
 * @param others all else: what a composition may look up
 * @param settings the input of the function's step
 * @param warnings what is doubtful about it, one a line
 */
public record Input(
    List<Composite> composites,
    List<Map<String, @Nullable Object>> observed,
    List<Map<String, @Nullable Object>> others,
    StepInputs settings,
    List<String> warnings) {}
