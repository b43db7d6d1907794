/**
 * Decides what is done next for a managed resource: values in, one step out, no clock, no I/O. The
 * rules follow the managed-resource reconciler of crossplane-runtime, row by row; where they are
 * better on purpose, the row's test says so.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.provider.decide;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
