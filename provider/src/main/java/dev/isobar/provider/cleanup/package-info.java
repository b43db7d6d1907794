/** What becomes of a deleted cluster's leftovers, and what is said of it; pure. */
@NullMarked
@CheckReturnValue
package dev.isobar.provider.cleanup;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
