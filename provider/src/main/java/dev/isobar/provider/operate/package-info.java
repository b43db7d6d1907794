/**
 * What whoever operates the provider looks at: its log, its metrics, and whether it is well.
 *
 * <p>The function has the like of its own, because each of the two ships alone; the lines and the
 * text formats are the same.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.provider.operate;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
