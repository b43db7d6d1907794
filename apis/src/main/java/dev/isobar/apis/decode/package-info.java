/**
 * From what users wrote to records, strictly and with every mistake named; and from records back to
 * objects.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.apis.decode;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
