/** What ten thousand Instances at rest cost, and how soon a new one is begun beside them. */
@NullMarked
@CheckReturnValue
package dev.isobar.bench.instances;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
