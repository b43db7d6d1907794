/**
 * How records say what the schema and the decoder must hold users to, and the value types they are
 * written in.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.apis.schema;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
