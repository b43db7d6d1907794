/** What was measured, for people and for programs. */
@NullMarked
@CheckReturnValue
package dev.isobar.bench.report;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
