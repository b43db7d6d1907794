/** Which object is worked on next: one queue for all, with lanes that cannot block each other. */
@NullMarked
@CheckReturnValue
package dev.isobar.provider.queue;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
