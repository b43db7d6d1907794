/**
 * What ten thousand Instances at rest cost, how soon a new one is begun beside them, and what a
 * thousand GpuMachines at rest cost.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.bench.instances;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
