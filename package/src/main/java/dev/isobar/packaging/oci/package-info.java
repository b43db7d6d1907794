/**
 * Images as the Open Container Initiative describes them, with the same bytes for the same content.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.packaging.oci;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
