/**
 * What a Cloud shows of what was found: values in, values out. It neither asks a cloud nor writes
 * an object.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.provider.cloud;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
