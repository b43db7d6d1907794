/** Folders of the user's that outlive every checkout, with what takes long to make. */
@NullMarked
@CheckReturnValue
package dev.isobar.testbed.cache;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
