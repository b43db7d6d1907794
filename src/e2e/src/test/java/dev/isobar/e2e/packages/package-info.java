/** Packages as they are made: the same bytes, a root that runs, and core that installs them. */
@CheckReturnValue
@NullMarked
package dev.isobar.e2e.packages;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
